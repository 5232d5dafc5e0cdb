package io.citygrid.grid.client;

import io.citygrid.security.tls.Door;
import io.citygrid.security.tls.GridTls;
import io.citygrid.security.tls.TlsSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.ignite.client.SslMode;
import org.apache.ignite.configuration.ClientConfiguration;
import org.apache.ignite.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** How a client greets nodes, with TLS or without, and what it hears. All connections of one client share it. */
final class Greeting {
    /** A thin client handshake of protocol 1.0.0: length, handshake, version, client type "thin". */
    private static final byte[] PLAIN = {8, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 2};

    private final @Nullable TlsSettings tls;
    private final @Nullable SslContextFactory contexts;
    private final @Nullable SSLContext context;

    /** What came back. */
    enum Echo {
        ANSWER,
        /** The connection was ended. */
        END,
        /** Nothing: nobody is there, or a frozen node, whose socket still accepts connections. */
        SILENCE
    }

    /** @throws IllegalArgumentException if a key store of {@code tls} cannot be used */
    Greeting(@Nullable TlsSettings tls) {
        this.tls = tls;
        this.contexts = tls == null ? null : GridTls.ofClient(tls);
        this.context = contexts == null ? null : contexts.create();
    }

    void configure(ClientConfiguration configuration) {
        if (contexts != null) {
            configuration.setSslMode(SslMode.REQUIRED).setSslContextFactory(contexts);
        }
    }

    /**
     * Greets the node at {@code address}. With TLS that is the whole handshake: a node calls it an error when one is broken off.
     *
     * @param within how long the node may be silent
     */
    Echo greet(String address, Duration within) {
        SSLContext tlsContext = context;
        return tlsContext == null
                ? meet(address, within, Greeting::plainly)
                : meet(address, within, socket -> withTls(socket, tlsContext, address));
    }

    private interface Talk {
        Echo with(Socket socket) throws IOException;
    }

    private static Echo plainly(Socket socket) throws IOException {
        socket.getOutputStream().write(PLAIN);
        socket.getOutputStream().flush();
        return socket.getInputStream().read() >= 0 ? Echo.ANSWER : Echo.END;
    }

    private static Echo withTls(Socket socket, SSLContext context, String address) throws IOException {
        try (SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(socket, address, socket.getPort(), true)) {
            secured.startHandshake();
            return Echo.ANSWER;
        }
    }

    private static Echo meet(String address, Duration within, Talk talk) {
        int millis = (int) within.toMillis();
        int colon = address.lastIndexOf(':');
        boolean connected = false;
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    millis);
            connected = true;
            socket.setSoTimeout(millis);
            return talk.with(socket);
        } catch (SocketTimeoutException silent) {
            return Echo.SILENCE;
        } catch (IOException ended) {
            return connected ? Echo.END : Echo.SILENCE;
        }
    }

    /** Why the node at {@code address} does not let this client in, in one sentence; empty if that is not known. */
    Optional<String> refusal(String address) {
        if (tls != null && meet(address, GridClientSettings.PROBE, Greeting::plainly) == Echo.ANSWER) {
            return Optional.of(address + ": it does not speak TLS and this program does, because of " + tls.file());
        }
        return Door.at(address).refusal(tls, context);
    }
}
