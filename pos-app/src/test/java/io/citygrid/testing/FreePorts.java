package io.citygrid.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody listens on now. They and those that nodes derive from them (3,000 above) lie below the ephemeral range, so
 * that no outgoing connection takes them.
 */
public final class FreePorts {
    private static final int FROM = 14_000;
    private static final int TO = 29_000;

    private FreePorts() {}

    /** The first of {@code count} free ports in a row. */
    public static int row(int count) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(FROM, TO - count);
            boolean free = true;
            for (int port = first; free && port < first + count; port++) {
                free = isFree(port);
            }
            if (free) {
                return first;
            }
        }
        throw new IllegalStateException("no " + count + " free ports in a row");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
