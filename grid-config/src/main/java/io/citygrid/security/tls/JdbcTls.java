package io.citygrid.security.tls;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** TLS as Ignite's JDBC driver is told of it. */
public final class JdbcTls {
    private JdbcTls() {}

    /**
     * What to add to a URL {@code jdbc:ignite:thin://…} for a tool of others, which has no other place for it. It has passwords in it.
     */
    public static String parameters(TlsSettings tls) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("sslMode", "require");
        parameters.put("sslProtocol", TlsSettings.PROTOCOL);
        parameters.put("sslClientCertificateKeyStoreUrl", tls.keys().path().toString());
        parameters.put("sslClientCertificateKeyStoreType", TlsSettings.STORE_TYPE);
        parameters.put("sslClientCertificateKeyStorePassword", tls.keys().password());
        parameters.put("sslTrustCertificateKeyStoreUrl", tls.trust().path().toString());
        parameters.put("sslTrustCertificateKeyStoreType", TlsSettings.STORE_TYPE);
        parameters.put("sslTrustCertificateKeyStorePassword", tls.trust().password());
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&", "?", ""));
    }

    /**
     * Makes all JDBC connections of this process use {@code tls}; what to add to their URLs has no password in it, so a shell may
     * show it.
     *
     * @param tls {@code null} for none, and nothing to add
     */
    public static String use(@Nullable TlsSettings tls) {
        if (tls == null) {
            return "";
        }
        store("keyStore", tls.keys());
        store("trustStore", tls.trust());
        return "?sslMode=require&sslProtocol=" + TlsSettings.PROTOCOL;
    }

    private static void store(String which, TlsSettings.Store store) {
        System.setProperty("javax.net.ssl." + which, store.path().toString());
        System.setProperty("javax.net.ssl." + which + "Type", TlsSettings.STORE_TYPE);
        System.setProperty("javax.net.ssl." + which + "Password", store.password());
    }
}
