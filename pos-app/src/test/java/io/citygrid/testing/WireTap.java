package io.citygrid.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a program and a port, passes everything on, and keeps what it has seen in both directions. */
public final class WireTap implements AutoCloseable {
    private static final int KEPT_MAX = 32 << 20;

    private final InetSocketAddress target;
    private final ServerSocket door;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Listens on {@code port} for what is meant for {@code targetPort}, both of this machine. */
    public WireTap(int port, int targetPort) {
        try {
            this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
            this.door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        daemon(this::accept);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "wire-tap");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                Socket server = new Socket();
                sockets.addAll(List.of(caller, server));
                server.connect(target, 2000);
                daemon(() -> pass(caller, server));
                daemon(() -> pass(server, caller));
            } catch (IOException closed) {
                // The next caller, or the end.
            }
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                synchronized (seen) {
                    if (seen.size() < KEPT_MAX) {
                        seen.write(buffer, 0, read);
                    }
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException ended) {
            // Both sides are closed.
        }
    }

    /** Everything that has passed by. */
    public byte[] seen() {
        synchronized (seen) {
            return seen.toByteArray();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
