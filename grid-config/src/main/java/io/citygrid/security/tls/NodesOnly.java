package io.citygrid.security.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Between nodes only nodes are let in: a certificate of the chain's authority that says it is good for both ends of a connection.
 * Those of applications and tools are for clients alone and those of web servers for servers alone, so that a key stolen from a store
 * opens no way into the ring of nodes, where every row passes by.
 */
final class NodesOnly extends X509ExtendedTrustManager {
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    private final X509ExtendedTrustManager authorities;

    NodesOnly(X509ExtendedTrustManager authorities) {
        this.authorities = authorities;
    }

    private static void requireNode(X509Certificate[] chain) throws CertificateException {
        List<String> uses = chain[0].getExtendedKeyUsage();
        if (uses == null || !uses.contains(SERVER) || !uses.contains(CLIENT)) {
            throw new CertificateException(
                    "'" + chain[0].getSubjectX500Principal().getName()
                            + "' is not a node's certificate: its extended key usage must name serverAuth and clientAuth");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        authorities.checkClientTrusted(chain, authType, socket);
        requireNode(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        authorities.checkClientTrusted(chain, authType, engine);
        requireNode(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        authorities.checkClientTrusted(chain, authType);
        requireNode(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        authorities.checkServerTrusted(chain, authType, socket);
        requireNode(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        authorities.checkServerTrusted(chain, authType, engine);
        requireNode(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        authorities.checkServerTrusted(chain, authType);
        requireNode(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
