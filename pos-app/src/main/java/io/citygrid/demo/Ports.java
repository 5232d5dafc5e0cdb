package io.citygrid.demo;

import io.citygrid.launch.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Which ports of this machine are free. */
public final class Ports {
    /** Below the range from which outgoing connections take theirs, so that a free port stays free until it is used. */
    private static final int FREE_FROM = 15000;

    private static final int FREE_TO = 32000;

    private Ports() {}

    /** Whether a server could listen on {@code port} of 127.0.0.1 now. */
    public static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(EmbeddedPostgres.HOST), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Some free port, for tests. */
    public static int free() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FREE_FROM, FREE_TO);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port between " + FREE_FROM + " and " + FREE_TO + " is free");
    }

    /** @throws CannotStart if {@code port} is taken, naming the option that changes it */
    static void require(int port, String user, String option) {
        if (!isFree(port)) {
            throw new CannotStart(
                    "port " + port + " (" + user + ") is in use: stop what uses it, or choose another with " + option);
        }
    }
}
