package io.citygrid.demo;

import io.citygrid.launch.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Which ports of this machine are free. */
final class Ports {
    private Ports() {}

    /** Whether a server could listen on {@code port} of 127.0.0.1 now. */
    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(EmbeddedPostgres.HOST), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** @throws CannotStart if {@code port} is taken, naming the option that changes it */
    static void require(int port, String user, String option) {
        if (!isFree(port)) {
            throw new CannotStart(
                    "port " + port + " (" + user + ") is in use: stop what uses it, or choose another with " + option);
        }
    }
}
