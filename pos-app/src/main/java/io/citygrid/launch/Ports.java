package io.citygrid.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Which ports of this machine are free. */
public final class Ports {
    private static final int PORT_MAX = 65_535;

    private Ports() {}

    /** Whether a server could listen on {@code port} of {@code host} now. */
    public static boolean isFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** @throws CannotStart if {@code port} is taken, naming the option that changes it */
    public static void require(String host, int port, String user, String option) {
        if (port < 1 || port > PORT_MAX) {
            throw new CannotStart(option + " " + port + " (" + user + "): a port is 1 to " + PORT_MAX);
        }
        if (!isFree(host, port)) {
            throw new CannotStart(
                    "port " + port + " of " + host + " (" + user + ") cannot be listened on: stop what uses it, "
                            + "or choose another with " + option + "; the address must be one of this machine");
        }
    }
}
