package io.citygrid.security.tls;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A door of a node, knocked at to learn in plain words why one is not let in. Ignite's own messages of a failed handshake say that
 * a channel was closed; and with TLS 1.3 a client's handshake succeeds before the server has looked at its certificate.
 */
public final class Door {
    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration HANDSHAKE = Duration.ofSeconds(2);

    /** How long a server may take to refuse a certificate; one that says nothing by then has accepted it. */
    private static final Duration REFUSES = Duration.ofMillis(400);

    /** First bytes of TLS records. */
    private static final int ALERT = 0x15;

    private static final int HANDSHAKE_RECORD = 0x16;

    private final String host;
    private final int port;

    /** What a knock showed. */
    public enum Sign {
        /** Nobody listens there, or nobody answered: nothing can be said. */
        ABSENT,
        /** It let this program in. */
        OPEN,
        /** It answered, and the two do not trust each other. */
        SHUT
    }

    /**
     * What a knock showed.
     *
     * @param why in words, when the door is shut; else empty
     */
    public record Answer(Sign sign, String why) {
        private static final Answer ABSENT = new Answer(Sign.ABSENT, "");
        private static final Answer OPEN = new Answer(Sign.OPEN, "");

        private static Answer shut(String why) {
            return new Answer(Sign.SHUT, why);
        }
    }

    private Door(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** @param address {@code host:port} */
    public static Door at(String address) {
        int colon = address.lastIndexOf(':');
        return new Door(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    /**
     * Tries to come in, as a program with {@code settings} does.
     *
     * @param settings {@code null} for a program without TLS
     * @param context of the settings
     */
    public Answer knock(@Nullable TlsSettings settings, @Nullable SSLContext context) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
            return settings == null || context == null ? plainly(socket) : withTls(socket, settings, context);
        } catch (IOException nobody) {
            return Answer.ABSENT;
        }
    }

    private static Answer plainly(Socket socket) throws IOException {
        return answersTls(socket)
                ? Answer.shut("it speaks TLS and this program does not: name its TLS file with --tls FILE or "
                        + TlsSettings.VARIABLE + " (`./pos certs` makes them)")
                : Answer.OPEN;
    }

    /** Only who speaks TLS answers a TLS greeting with a TLS record. */
    private static boolean answersTls(Socket socket) throws IOException {
        socket.setSoTimeout((int) HANDSHAKE.toMillis());
        try {
            socket.getOutputStream().write(greeting(defaultContext()));
            socket.getOutputStream().flush();
            int first = socket.getInputStream().read();
            return first == HANDSHAKE_RECORD || first == ALERT;
        } catch (SocketTimeoutException | SocketException notTls) {
            return false;
        }
    }

    /** Ends that come without a word: a server that refuses a certificate may close before its reason has been read. */
    private boolean speaksTls() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
            return answersTls(socket);
        } catch (IOException nobody) {
            return false;
        }
    }

    private Answer withTls(Socket plain, TlsSettings settings, SSLContext context) throws IOException {
        plain.setSoTimeout((int) HANDSHAKE.toMillis());
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
            socket.startHandshake();
            socket.setSoTimeout((int) REFUSES.toMillis());
            try {
                return socket.getInputStream().read() < 0 ? Answer.shut(notAccepted(settings)) : Answer.OPEN;
            } catch (SocketTimeoutException silenceIsConsent) {
                return Answer.OPEN;
            }
        } catch (SocketTimeoutException noAnswer) {
            return Answer.ABSENT;
        } catch (SSLException | SocketException | EOFException refused) {
            return Answer.shut(why(refused, settings));
        }
    }

    private String why(IOException refused, TlsSettings settings) {
        for (@Nullable Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "its certificate has expired (" + cause.getMessage() + "): renew it there";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "its certificate does not hold yet (" + cause.getMessage() + "): are both clocks right?";
            }
            if (cause instanceof CertPathBuilderException
                    || (cause instanceof CertPathValidatorException && cause.getCause() == null)) {
                return "its certificate comes from an authority that "
                        + settings.trust().path() + " does not name";
            }
            if (cause instanceof CertificateException && cause.getCause() == null) {
                return "its certificate is refused: " + cause.getMessage();
            }
        }
        String message = String.valueOf(refused.getMessage());
        if (message.contains("fatal alert")) {
            return message.contains("certificate") || message.contains("unknown_ca")
                    ? notAccepted(settings)
                    : "it refuses TLS 1.3 as this program speaks it (" + message + ")";
        }
        if (speaksTls()) {
            return notAccepted(settings);
        }
        return "it does not speak TLS, or ends it (" + message + "); this program does, because of " + settings.file();
    }

    private static String notAccepted(TlsSettings settings) {
        OwnCertificate own = OwnCertificate.of(settings.keys());
        return "it does not accept this program's certificate, "
                + own.outOfTime(Instant.now())
                        .orElse(own.words() + " (" + settings.keys().path()
                                + "): it must come from an authority that the node trusts and be made for this use");
    }

    /** The first bytes of a TLS handshake; who is alive answers them at once, before anything is agreed. */
    private static byte[] greeting(SSLContext context) throws SSLException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        engine.beginHandshake();
        ByteBuffer bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), bytes);
        byte[] greeting = new byte[bytes.flip().remaining()];
        bytes.get(greeting);
        return greeting;
    }

    private static SSLContext defaultContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException noTls) {
            throw new IllegalStateException("this Java speaks no TLS", noTls);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }

    /** As {@link #knock}, in one sentence; empty if the door is open or nobody is there. */
    public Optional<String> refusal(@Nullable TlsSettings settings, @Nullable SSLContext context) {
        Answer answer = knock(settings, context);
        return answer.sign() == Sign.SHUT ? Optional.of(this + ": " + answer.why()) : Optional.empty();
    }
}
