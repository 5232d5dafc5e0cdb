package io.citygrid.durability;

import io.citygrid.durability.PgDump.Database;
import io.citygrid.durability.PgDump.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.zip.GZIPInputStream;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.PGConnection;

/** Brings a dumped database back into an empty one: the tables as they were then, the rows, and then what migrations came since. */
public final class DumpedDatabase {
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(10);

    private final DatabaseSettings settings;
    private final Database dump;
    private final Path folder;

    /** @param folder where the dump's files lie */
    public DumpedDatabase(DatabaseSettings settings, Database dump, Path folder) {
        this.settings = settings;
        this.dump = dump;
        this.folder = folder;
    }

    /** What is wrong with the files, a sentence each; empty if they are as they were written. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Table table : dump.tables()) {
            Path file = folder.resolve(table.file());
            try {
                if (!Files.isRegularFile(file)) {
                    problems.add(file + " is missing.");
                } else if (!Sha256.of(file).equals(table.sha256())) {
                    problems.add(file + " is not as it was written: its checksum differs.");
                }
            } catch (IOException unreadable) {
                problems.add(file + " cannot be read: " + unreadable.getMessage());
            }
        }
        return problems;
    }

    /**
     * Brings it back, all rows in one transaction.
     *
     * @return how many rows
     * @throws IllegalStateException if the database has rows already
     * @throws SQLException if the database cannot be reached or does not take the rows
     * @throws IOException if a file cannot be read
     * @throws FlywayException if the database cannot be reached, or its tables cannot be made
     */
    public long bringBack() throws SQLException, IOException {
        String url = settings.urls().get(dump.home());
        if (url == null) {
            throw new IllegalStateException("no database is named for " + dump.database());
        }
        Schema.update(settings, dump.home(), url, dump.migrations());
        Properties login = new Properties();
        login.setProperty("user", settings.user());
        login.setProperty("password", settings.password());
        login.setProperty("socketTimeout", String.valueOf(ANSWER_WITHIN.toSeconds()));
        long rows = 0;
        try (Connection connection = DriverManager.getConnection(url, login)) {
            connection.setAutoCommit(false);
            for (Table table : dump.tables()) {
                requireEmpty(connection, table.table());
            }
            for (Table table : dump.tables()) {
                rows += fill(connection, table);
            }
            connection.commit();
        }
        Schema.update(settings, dump.home(), url);
        return rows;
    }

    private void requireEmpty(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM " + table + ")")) {
            row.next();
            if (row.getBoolean(1)) {
                throw new IllegalStateException("the database " + settings.name(dump.home()) + " has rows in " + table
                        + " already: dumps are brought back into empty databases alone");
            }
        }
    }

    private long fill(Connection connection, Table table) throws SQLException, IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve(table.file())), 1 << 16)) {
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + table.table() + " (" + String.join(", ", table.columns()) + ") FROM STDIN", in);
            if (rows != table.rows()) {
                throw new IOException(
                        table.file() + " has " + rows + " rows, and had " + table.rows() + " when it was written");
            }
            return rows;
        }
    }
}
