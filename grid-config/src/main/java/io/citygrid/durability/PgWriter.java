package io.citygrid.durability;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a write set as one statement, so in one PostgreSQL transaction and one round trip. */
public final class PgWriter {
    private static final Logger log = LoggerFactory.getLogger(PgWriter.class);

    /** PostgreSQL's serialization_failure and deadlock_detected: the same statement may succeed at once. */
    private static final Set<String> RETRY = Set.of("40001", "40P01");

    private static final int TRIES_MAX = 3;

    /** What to do where the database has a row already. */
    public enum Mode {
        /** The row must be older, or the whole statement fails: what a sale writes is always newer. */
        ONLY_NEWER("WHERE excluded.version > t.version", true),
        /** An older or equal row is replaced and a newer one kept: for rows that may come late or twice. */
        KEEP_NEWER("WHERE excluded.version >= t.version", false),
        /** The row is replaced: for whoever holds its lock in the grid, and so knows what is true. */
        REPLACE("", false);

        private final String guard;
        private final boolean allMustBeWritten;

        Mode(String guard, boolean allMustBeWritten) {
            this.guard = guard;
            this.allMustBeWritten = allMustBeWritten;
        }
    }

    private final Databases databases;
    private final Map<String, String> statements = new ConcurrentHashMap<>();

    public PgWriter(Databases databases) {
        this.databases = databases;
    }

    public Databases databases() {
        return databases;
    }

    /**
     * Writes {@code rows} to the database of {@code cityId} (0: the central one), whatever city they belong to.
     *
     * @throws DatabaseRefusal if PostgreSQL did not commit them, or may not have
     */
    public void write(WriteSet rows, int cityId, Mode mode) {
        String database = databases.settings().name(cityId);
        for (int attempt = 1; ; attempt++) {
            Connection connection = connect(cityId, database);
            long begun = System.nanoTime();
            try {
                execute(connection, rows, mode);
                databases.committed(cityId, System.nanoTime() - begun);
                return;
            } catch (SQLException thrown) {
                if (RETRY.contains(String.valueOf(thrown.getSQLState())) && attempt < TRIES_MAX) {
                    continue;
                }
                DatabaseRefusal refusal = DatabaseRefusal.of(database, thrown);
                if (refusal.kind().passes()) {
                    databases.failed(cityId, System.nanoTime() - begun, thrown);
                }
                throw refusal;
            } finally {
                close(connection);
            }
        }
    }

    private Connection connect(int cityId, String database) {
        try {
            return databases.connect(cityId);
        } catch (SQLTransientConnectionException busy) {
            // Without a cause the pool's connections were all in use; with one, none could be opened.
            throw busy.getCause() == null
                    ? DatabaseRefusal.busy(database, busy)
                    : DatabaseRefusal.unreachable(database, busy);
        } catch (SQLException noConnection) {
            throw DatabaseRefusal.unreachable(database, noConnection);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException broken) {
            // What it was used for has succeeded or failed before; the pool replaces it.
            log.debug("giving a connection back", broken);
        }
    }

    private void execute(Connection connection, WriteSet rows, Mode mode) throws SQLException {
        List<Part> parts = parts(rows);
        StringBuilder shape = new StringBuilder(mode.name());
        parts.forEach(part -> shape.append(part.deleted ? '-' : '+').append(part.table.name()));
        String sql = statements.computeIfAbsent(shape.toString(), unused -> statement(parts, mode));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            long given = 0;
            for (Part part : parts) {
                parameter = part.table.bind(statement, parameter, part.rows, part.deleted);
                given += part.deleted ? 0 : part.rows.size();
            }
            if (mode.allMustBeWritten) {
                statement.setLong(parameter, given);
            }
            if (mode == Mode.REPLACE) {
                // A statement that reaches PostgreSQL after it was given up must not replace what was written since:
                // nobody
                // sends its commit.
                connection.setAutoCommit(false);
                statement.execute();
                connection.commit();
            } else {
                statement.execute();
            }
        }
    }

    /** Rows of one table that one part of the statement writes or deletes, in the order of their keys. */
    private record Part(PgTable<?, ?> table, boolean deleted, Map<Object, @Nullable Object> rows) {}

    private static List<Part> parts(WriteSet rows) {
        List<Part> parts = new ArrayList<>();
        for (PgTable<?, ?> table : PgTables.all()) {
            if (rows.tables().contains(table.name())) {
                for (boolean deleted : new boolean[] {true, false}) {
                    Map<Object, @Nullable Object> chosen = rows.rows(table.name(), deleted);
                    if (!chosen.isEmpty()) {
                        parts.add(new Part(table, deleted, new TreeMap<>(chosen)));
                    }
                }
            }
        }
        return parts;
    }

    /** PostgreSQL runs the parts in the order in which the end refers to them; so every statement locks tables in one order. */
    private static String statement(List<Part> parts, Mode mode) {
        StringBuilder sql = new StringBuilder("WITH ");
        StringBuilder written = new StringBuilder("0");
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            sql.append(i == 0 ? "" : ", ")
                    .append("part_")
                    .append(i)
                    .append(" AS (")
                    .append(part.deleted ? part.table.delete() : part.table.upsert(mode.guard))
                    .append(" RETURNING 1)");
            written.append(part.deleted ? " + 0 * " : " + ")
                    .append("(SELECT count(*) FROM part_")
                    .append(i)
                    .append(')');
        }
        return sql.append(" SELECT ")
                .append(mode.allMustBeWritten ? "require_all_written(" + written + ", ?)" : written)
                .toString();
    }
}
