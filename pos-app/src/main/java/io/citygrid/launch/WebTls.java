package io.citygrid.launch;

import io.citygrid.security.tls.TlsSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The web application's TLS as Spring Boot's settings. They stay inside this process: its command line has none of them. */
public final class WebTls {
    private WebTls() {}

    /** Of its thin clients and, with a web key store, of its own door. */
    public static List<String> settings(@Nullable TlsSettings tls) {
        if (tls == null) {
            return List.of();
        }
        List<String> settings = new ArrayList<>();
        settings.add("--citygrid.grid.tls=" + tls.file());
        TlsSettings.Store web = tls.web();
        if (web != null) {
            settings.addAll(List.of(
                    "--server.ssl.enabled=true",
                    "--server.ssl.key-store=file:" + web.path(),
                    "--server.ssl.key-store-type=" + TlsSettings.STORE_TYPE,
                    "--server.ssl.key-store-password=" + web.password(),
                    "--server.ssl.protocol=TLS",
                    "--server.ssl.enabled-protocols=" + TlsSettings.PROTOCOL,
                    // A browser never sends a login's cookie without TLS.
                    "--server.servlet.session.cookie.secure=true"));
        }
        return settings;
    }

    /** {@code https} if browsers are shown a certificate. */
    public static String scheme(@Nullable TlsSettings tls) {
        return tls != null && tls.web() != null ? "https" : "http";
    }
}
