package io.citygrid.demo;

import io.citygrid.launch.OwnerOnlyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells other tools how to reach a running demo; it is there while the demo is ready, and only its owner can read it. */
final class ConnectionsFile {
    static final String NAME = "connections.properties";

    private ConnectionsFile() {}

    static void write(Path folder, DemoSettings settings, EmbeddedPostgres postgres) {
        List<String> lines = List.of(
                "http.url=http://" + DemoSettings.HOST + ":" + settings.httpPort(),
                "grid.jdbc.url=jdbc:ignite:thin://" + String.join(",", settings.thinAddresses()),
                "grid.thin=" + String.join(",", settings.thinAddresses()),
                "grid.metrics=" + String.join(",", settings.metricsAddresses()),
                "pg.host=" + EmbeddedPostgres.HOST,
                "pg.port=" + postgres.port(),
                "pg.user=" + EmbeddedPostgres.USER,
                "pg.password=" + postgres.password());
        OwnerOnlyFile.write(folder.resolve(NAME), String.join("\n", lines) + "\n");
    }

    static void delete(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(NAME));
    }
}
