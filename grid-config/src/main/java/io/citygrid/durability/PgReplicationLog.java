package io.citygrid.durability;

import io.citygrid.model.outbox.ReplicationLogEntry;
import io.citygrid.model.outbox.ReplicationLogKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Function;

/** The replication log in the central database: rows are added and, when they are old, deleted, but never changed. */
public final class PgReplicationLog {
    private static final String ADD =
            """
            INSERT INTO replication_log (id, table_name, record_id, target_db, status, message, log_time)
            SELECT * FROM unnest(?::int8[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String TRIM =
            """
            DELETE FROM replication_log WHERE id IN
                (SELECT id FROM replication_log WHERE log_time < ? ORDER BY log_time LIMIT ?)
            """;

    private final Databases databases;

    public PgReplicationLog(Databases databases) {
        this.databases = databases;
    }

    /**
     * Adds rows in one statement; those that are there already stay as they are.
     *
     * @throws DatabaseRefusal if PostgreSQL did not commit them, or may not have
     */
    public void add(Map<ReplicationLogKey, ReplicationLogEntry> rows) {
        run(ADD, statement -> {
            Connection connection = statement.getConnection();
            statement.setArray(1, connection.createArrayOf("int8", column(rows, row -> row.getKey()
                    .id())));
            statement.setArray(2, texts(connection, rows, ReplicationLogEntry::tableName));
            statement.setArray(3, texts(connection, rows, ReplicationLogEntry::recordId));
            statement.setArray(4, texts(connection, rows, ReplicationLogEntry::targetDb));
            statement.setArray(5, texts(connection, rows, row -> row.status().text()));
            statement.setArray(6, texts(connection, rows, ReplicationLogEntry::message));
            statement.setArray(
                    7,
                    connection.createArrayOf(
                            "timestamptz",
                            column(rows, row -> Timestamp.from(row.getValue().logTime()))));
            return statement.executeUpdate();
        });
    }

    /**
     * Deletes the oldest rows that are older than {@code age}, at most {@code rowsMax} of them; answers how many.
     *
     * @throws DatabaseRefusal if PostgreSQL did not delete them, or may not have
     */
    public int trim(Duration age, int rowsMax) {
        return run(TRIM, statement -> {
            statement.setTimestamp(1, Timestamp.from(Instant.now().minus(age)));
            statement.setInt(2, rowsMax);
            return statement.executeUpdate();
        });
    }

    private interface Work {
        int on(PreparedStatement statement) throws SQLException;
    }

    private int run(String sql, Work work) {
        String database = databases.settings().name(DatabaseSettings.CENTRAL);
        try (Connection connection = connect(database)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return work.on(statement);
            }
        } catch (SQLException thrown) {
            DatabaseRefusal refusal = DatabaseRefusal.of(database, thrown);
            if (refusal.kind() == DatabaseRefusal.Kind.IN_DOUBT) {
                databases.failed(DatabaseSettings.CENTRAL, 0, thrown);
            }
            throw refusal;
        }
    }

    private Connection connect(String database) {
        try {
            return databases.connect(DatabaseSettings.CENTRAL);
        } catch (SQLException noConnection) {
            throw DatabaseRefusal.unreachable(database, noConnection);
        }
    }

    private static Array texts(
            Connection connection,
            Map<ReplicationLogKey, ReplicationLogEntry> rows,
            Function<ReplicationLogEntry, String> text)
            throws SQLException {
        return connection.createArrayOf("text", column(rows, row -> text.apply(row.getValue())));
    }

    private static Object[] column(
            Map<ReplicationLogKey, ReplicationLogEntry> rows,
            Function<Entry<ReplicationLogKey, ReplicationLogEntry>, Object> value) {
        return rows.entrySet().stream().map(value).toArray();
    }
}
