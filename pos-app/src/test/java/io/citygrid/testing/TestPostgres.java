package io.citygrid.testing;

import io.citygrid.demo.EmbeddedPostgres;
import io.citygrid.durability.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL server with the three databases, which a test may kill and start again. */
public final class TestPostgres implements AutoCloseable {
    private final EmbeddedPostgres server;

    public TestPostgres(Path directory) {
        server = new EmbeddedPostgres(directory, FreePorts.row(1));
        server.start();
    }

    public DatabaseSettings settings() {
        return server.databases();
    }

    public Connection connect(String database) throws SQLException {
        return server.connect(database);
    }

    /** Runs one statement. */
    public void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
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
