package io.citygrid.durability;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes all rows of a database to files, as of one moment: each table by {@code COPY … TO STDOUT}, compressed, so that {@code psql}
 * reads it back without this program. The tables themselves are the migrations', whose versions are written down.
 */
public final class PgDump {
    private static final String TABLES =
            """
            SELECT n.nspname, c.relname,
                   (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT LIKE 'pg\\_%'
              AND n.nspname <> 'information_schema' AND c.relname NOT LIKE 'flyway\\_%'
            ORDER BY 1, 2""";

    /** What was made by migrations; the part is that of the history table. */
    private static final String HISTORIES =
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'flyway\\_%' ORDER BY 1";

    private static final String RECEIPTS =
            """
            SELECT city_fragment / 16, store_id, last_order_no FROM store_counters ORDER BY 1, 2""";

    private final Databases databases;

    /**
     * A database in files.
     *
     * @param home the id of its city; 0 for the central one
     * @param server PostgreSQL's version
     * @param migrations the newest of each part, as in {@code city 1}
     * @param receipts the number of each store's last receipt
     */
    public record Database(
            int home,
            String database,
            String server,
            List<String> migrations,
            List<Table> tables,
            List<Receipts> receipts) {
        public Database {
            migrations = List.copyOf(migrations);
            tables = List.copyOf(tables);
            receipts = List.copyOf(receipts);
        }

        /** Of all files together. */
        public long bytes() {
            return tables.stream().mapToLong(Table::bytes).sum();
        }
    }

    /**
     * A table in a file.
     *
     * @param table with its schema
     * @param bytes of the file
     * @param sha256 of the file, hexadecimal
     */
    public record Table(String table, List<String> columns, String file, long rows, long bytes, String sha256) {
        public Table {
            columns = List.copyOf(columns);
        }
    }

    /** How many receipts a store had. */
    public record Receipts(int cityId, int storeId, long lastOrderNo) {}

    public PgDump(Databases databases) {
        this.databases = databases;
    }

    /**
     * Dumps one database into {@code folder}, which is made.
     *
     * @param home whose database, see {@link DatabaseSettings#home}
     * @throws DatabaseRefusal if it cannot be read
     * @throws UncheckedIOException if the files cannot be written
     */
    public Database dump(int home, Path folder) {
        String name = databases.settings().name(home);
        try (Connection connection = databases.connectAside(home)) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Files.createDirectories(folder);
            List<Table> tables = new ArrayList<>();
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            for (Table table : tables(connection)) {
                tables.add(copy(copies, table, folder));
            }
            Database dumped = new Database(
                    home,
                    name,
                    connection.getMetaData().getDatabaseProductVersion(),
                    migrations(connection),
                    tables,
                    receipts(connection));
            connection.rollback();
            return dumped;
        } catch (SQLException thrown) {
            throw DatabaseRefusal.of(name, thrown);
        } catch (IOException notWritten) {
            throw new UncheckedIOException(notWritten);
        }
    }

    private static Table copy(CopyManager copies, Table table, Path folder) throws SQLException, IOException {
        Path file = folder.resolve(table.file());
        DigestOutputStream digest = new DigestOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), Sha256.digest());
        long rows;
        try (OutputStream out = new GZIPOutputStream(digest, 1 << 16)) {
            // Of a query and not of the table: a table of partitions is copied no other way.
            rows = copies.copyOut(
                    "COPY (SELECT " + String.join(", ", table.columns()) + " FROM " + table.table() + ") TO STDOUT",
                    out);
        }
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        return new Table(
                table.table(),
                table.columns(),
                table.file(),
                rows,
                Files.size(file),
                HexFormat.of().formatHex(digest.getMessageDigest().digest()));
    }

    /** The tables, nothing of them read yet. */
    private static List<Table> tables(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                String table = row.getString(1) + "." + row.getString(2);
                String[] columns = (String[]) row.getArray(3).getArray();
                tables.add(new Table(table, List.of(columns), table + ".copy.gz", 0, 0, ""));
            }
        }
        return tables;
    }

    private static List<String> migrations(Connection connection) throws SQLException {
        List<String> histories = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HISTORIES)) {
            while (row.next()) {
                histories.add(row.getString(1));
            }
        }
        List<String> newest = new ArrayList<>();
        for (String history : histories) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT version FROM " + history
                            + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1")) {
                if (row.next()) {
                    newest.add(Schema.part(history) + " " + row.getString(1));
                }
            }
        }
        return newest;
    }

    private static List<Receipts> receipts(Connection connection) throws SQLException {
        List<Receipts> receipts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(RECEIPTS)) {
            while (row.next()) {
                receipts.add(new Receipts(row.getInt(1), row.getInt(2), row.getLong(3)));
            }
        }
        return receipts;
    }
}
