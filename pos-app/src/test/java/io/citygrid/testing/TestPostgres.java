package io.citygrid.testing;

import io.citygrid.demo.EmbeddedPostgres;
import io.citygrid.durability.DatabaseSettings;
import io.citygrid.security.OwnerOnlyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A real PostgreSQL server with the three databases, which a test may kill and start again. */
public final class TestPostgres implements PostgresAccess, AutoCloseable {
    private static final String CENTRAL = "pos_central";

    private final EmbeddedPostgres server;
    private final TestPostgres central;

    public TestPostgres(Path directory) {
        this(directory, EmbeddedPostgres.HOST);
    }

    /** @param host the address on which it listens */
    public TestPostgres(Path directory, String host) {
        server = new EmbeddedPostgres(directory, host, FreePorts.row(1));
        central = this;
        server.start();
    }

    /** One whose central database is that of {@code other}, a server that a test may kill alone. */
    public TestPostgres(Path directory, TestPostgres other) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        OwnerOnlyFile.write(
                directory.resolve("postgres-password"), other.settings().password() + "\n");
        server = new EmbeddedPostgres(directory, EmbeddedPostgres.HOST, FreePorts.row(1));
        central = other;
        server.start();
    }

    public DatabaseSettings settings() {
        Map<Integer, String> urls = new HashMap<>(server.databases().urls());
        urls.put(DatabaseSettings.CENTRAL, central.server.databases().urls().get(DatabaseSettings.CENTRAL));
        return new DatabaseSettings(
                urls, server.databases().user(), server.databases().password());
    }

    @Override
    public Connection connect(String database) throws SQLException {
        return (database.equals(CENTRAL) ? central : this).server.connect(database);
    }

    public void killAbruptly() {
        server.killAbruptly();
    }

    public void startAgain() {
        server.start();
    }

    @Override
    public void close() {
        server.close();
    }
}
