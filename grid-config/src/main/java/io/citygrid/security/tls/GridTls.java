package io.citygrid.security.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.ignite.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** The factories of TLS contexts that Ignite is given, all of them from one {@link TlsSettings}, all TLS 1.3 and nothing older. */
public final class GridTls {
    private GridTls() {}

    /**
     * For discovery and communication, in the Spring file.
     *
     * @param file of {@link TlsSettings}; empty for no TLS
     * @return {@code null} for no TLS
     */
    public static @Nullable SslContextFactory betweenNodes(String file) {
        return file.isEmpty() ? null : betweenNodes(TlsSettings.read(Path.of(file)));
    }

    /** For discovery and communication. */
    public static SslContextFactory betweenNodes(TlsSettings settings) {
        SslContextFactory factory = plain(settings);
        factory.setTrustManagers(new NodesOnly(authorities(settings)));
        return factory;
    }

    /**
     * For thin clients, JDBC and the control utility, at a node's door; in the Spring file.
     *
     * @param file of {@link TlsSettings}; empty for no TLS
     * @return {@code null} for no TLS
     */
    public static @Nullable SslContextFactory forClients(String file) {
        return file.isEmpty() ? null : ofClient(TlsSettings.read(Path.of(file)));
    }

    /** For thin clients. Each call makes a context of its own; connections that share one need not agree on keys anew. */
    public static SslContextFactory ofClient(TlsSettings settings) {
        SslContextFactory factory = plain(settings);
        factory.setTrustManagers(authorities(settings));
        return factory;
    }

    private static SslContextFactory plain(TlsSettings settings) {
        SslContextFactory factory = new SslContextFactory();
        factory.setProtocol(TlsSettings.PROTOCOL);
        // The context's name alone would let a server speak 1.2 too.
        factory.setProtocols(TlsSettings.PROTOCOL);
        factory.setKeyStoreType(TlsSettings.STORE_TYPE);
        factory.setKeyStoreFilePath(settings.keys().path().toString());
        factory.setKeyStorePassword(settings.keys().password().toCharArray());
        return factory;
    }

    private static X509ExtendedTrustManager authorities(TlsSettings settings) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(OwnCertificate.open(settings.trust()));
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager found) {
                    return found;
                }
            }
        } catch (GeneralSecurityException notUsable) {
            throw new IllegalArgumentException(
                    "trust store " + settings.trust().path() + " cannot be used: " + notUsable.getMessage(), notUsable);
        }
        throw new IllegalStateException("this Java checks no certificates");
    }
}
