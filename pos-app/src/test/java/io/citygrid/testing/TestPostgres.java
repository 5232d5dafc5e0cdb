package io.citygrid.testing;

import io.citygrid.durability.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A PostgreSQL server with the three databases. */
public final class TestPostgres implements AutoCloseable {
    private final EmbeddedPostgres server;

    public TestPostgres(Path directory) {
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(directory.resolve("postgres").toFile())
                    .setCleanDataDirectory(false)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "200")
                    .start();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                for (String database : new String[] {"karachi_db", "lahore_db", "pos_central"}) {
                    statement.execute("CREATE DATABASE " + database);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public DatabaseSettings settings() {
        return new DatabaseSettings(
                Map.of(0, url("pos_central"), 1, url("karachi_db"), 2, url("lahore_db")), "postgres", "postgres");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", "postgres");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
