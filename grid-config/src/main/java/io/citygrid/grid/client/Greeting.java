package io.citygrid.grid.client;

import io.citygrid.security.tls.Door;
import io.citygrid.security.tls.GridTls;
import io.citygrid.security.tls.TlsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
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

    /** Greets the node at {@code address}; with TLS it need not agree on a key to answer, so this is as quick as without. */
    Echo greet(String address, Duration within) {
        try {
            return send(address, context == null ? PLAIN : Door.greeting(context), within);
        } catch (SSLException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Echo send(String address, byte[] greeting, Duration within) {
        int millis = (int) within.toMillis();
        int colon = address.lastIndexOf(':');
        boolean connected = false;
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    millis);
            connected = true;
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(greeting);
            socket.getOutputStream().flush();
            return socket.getInputStream().read() >= 0 ? Echo.ANSWER : Echo.END;
        } catch (SocketTimeoutException silent) {
            return Echo.SILENCE;
        } catch (IOException ended) {
            return connected ? Echo.END : Echo.SILENCE;
        }
    }

    /** Why the node at {@code address} does not let this client in, in one sentence; empty if that is not known. */
    Optional<String> refusal(String address) {
        if (tls != null && send(address, PLAIN, GridClientSettings.PROBE) == Echo.ANSWER) {
            return Optional.of(address + ": it does not speak TLS and this program does, because of " + tls.file());
        }
        return Door.at(address).refusal(tls, context);
    }
}
