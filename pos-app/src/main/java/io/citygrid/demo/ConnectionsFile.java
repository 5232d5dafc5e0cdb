package io.citygrid.demo;

import io.citygrid.launch.WebTls;
import io.citygrid.security.OwnerOnlyFile;
import io.citygrid.security.tls.JdbcTls;
import io.citygrid.security.tls.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tells other tools how to reach a running demo; it is there while the demo is ready, and only its owner can read it. */
final class ConnectionsFile {
    static final String NAME = "connections.properties";

    private ConnectionsFile() {}

    static void write(Path folder, DemoSettings settings, DemoKeys keys, EmbeddedPostgres postgres) {
        TlsSettings tls = keys.client();
        List<String> lines = new ArrayList<>(List.of(
                "http.url=" + WebTls.scheme(keys.app()) + "://" + DemoSettings.HOST + ":" + settings.httpPort(),
                "grid.jdbc.url=jdbc:ignite:thin://" + String.join(",", settings.thinAddresses())
                        + (tls == null ? "" : JdbcTls.parameters(tls)),
                "grid.thin=" + String.join(",", settings.thinAddresses()),
                "grid.metrics=" + String.join(",", settings.metricsAddresses()),
                "pg.host=" + EmbeddedPostgres.HOST,
                "pg.port=" + postgres.port(),
                "pg.user=" + EmbeddedPostgres.USER,
                "pg.password=" + postgres.password()));
        if (tls != null) {
            lines.addAll(List.of(
                    "http.authority=" + keys.certificate(),
                    "grid.tls=" + tls.file(),
                    "grid.tls.key-store=" + tls.keys().path(),
                    "grid.tls.key-store-password=" + tls.keys().password(),
                    "grid.tls.trust-store=" + tls.trust().path(),
                    "grid.tls.trust-store-password=" + tls.trust().password()));
        }
        OwnerOnlyFile.write(folder.resolve(NAME), String.join("\n", lines) + "\n");
    }

    static void delete(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(NAME));
    }
}
