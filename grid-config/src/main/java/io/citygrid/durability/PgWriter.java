package io.citygrid.durability;

import io.citygrid.durability.DatabaseRefusal.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes a write set as one statement, so in one PostgreSQL transaction and one round trip. */
public final class PgWriter {
    /** PostgreSQL's serialization_failure and deadlock_detected: the same statement may succeed at once. */
    private static final Set<String> RETRY = Set.of("40001", "40P01");

    private static final int TRIES_MAX = 3;

    private final Databases databases;
    private final Map<String, String> statements = new ConcurrentHashMap<>();

    public PgWriter(Databases databases) {
        this.databases = databases;
    }

    public Databases databases() {
        return databases;
    }

    /**
     * Writes {@code rows} to the database of the city they belong to.
     *
     * @throws DatabaseRefusal if PostgreSQL did not commit them, or may not have
     */
    public void write(WriteSet rows) {
        write(rows, rows.cityId(), false);
    }

    /** Writes {@code rows} to the database of {@code cityId} (0: the central one), whatever city they belong to. */
    public void write(WriteSet rows, int cityId) {
        write(rows, cityId, false);
    }

    /**
     * Makes the database have {@code rows} even where it has a higher version of one: for whoever holds their locks in the grid,
     * and so knows that the higher version is of a change that the grid never made.
     */
    public void overwrite(WriteSet rows, int cityId) {
        write(rows, cityId, true);
    }

    private void write(WriteSet rows, int cityId, boolean overwrite) {
        String database = databases.settings().name(cityId);
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = databases.connect(cityId)) {
                execute(connection, rows, database, overwrite);
                return;
            } catch (SQLException noConnection) {
                throw DatabaseRefusal.unreachable(database, noConnection);
            } catch (DatabaseRefusal refusal) {
                boolean conflict = refusal.getCause() instanceof SQLException thrown
                        && RETRY.contains(String.valueOf(thrown.getSQLState()));
                if (!conflict || attempt == TRIES_MAX) {
                    throw refusal;
                }
            }
        }
    }

    private void execute(Connection connection, WriteSet rows, String database, boolean overwrite) {
        List<Part> parts = parts(rows);
        StringBuilder shape = new StringBuilder(overwrite ? "!" : "");
        parts.forEach(part -> shape.append(part.deleted ? '-' : '+').append(part.table.name()));
        String sql = statements.computeIfAbsent(shape.toString(), unused -> statement(parts, overwrite));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (Part part : parts) {
                parameter = part.table.bind(statement, parameter, part.rows, part.deleted);
            }
            statement.execute();
        } catch (SQLException refused) {
            throw refusal(database, refused);
        }
    }

    private static DatabaseRefusal refusal(String database, SQLException refused) {
        String state = String.valueOf(refused.getSQLState());
        // Class 08 is a broken connection, 57P a server that shuts down or crashed: PostgreSQL may have committed
        // before.
        boolean inDoubt = state.startsWith("08") || state.startsWith("57P");
        return inDoubt
                ? new DatabaseRefusal(
                        database, Kind.IN_DOUBT, "the connection to database " + database + " broke", refused)
                : new DatabaseRefusal(
                        database,
                        Kind.REFUSED,
                        "database " + database + " refused the rows (SQLSTATE " + state + ")",
                        refused);
    }

    /** Rows of one table that one part of the statement writes or deletes. */
    private record Part(PgTable<?, ?> table, boolean deleted, Map<Object, @Nullable Object> rows) {}

    private static List<Part> parts(WriteSet rows) {
        List<Part> parts = new ArrayList<>();
        for (PgTable<?, ?> table : PgTables.all()) {
            if (rows.tables().contains(table.name())) {
                for (boolean deleted : new boolean[] {true, false}) {
                    Map<Object, @Nullable Object> chosen = rows.rows(table.name(), deleted);
                    if (!chosen.isEmpty()) {
                        parts.add(new Part(table, deleted, chosen));
                    }
                }
            }
        }
        return parts;
    }

    private static String statement(List<Part> parts, boolean overwrite) {
        StringBuilder sql = new StringBuilder("WITH ");
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            sql.append(i == 0 ? "" : ", ")
                    .append("part_")
                    .append(i)
                    .append(" AS (")
                    .append(part.deleted ? part.table.delete() : part.table.upsert(!overwrite))
                    .append(')');
        }
        return sql.append(" SELECT 1").toString();
    }
}
