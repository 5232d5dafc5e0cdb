package io.citygrid.durability;

import io.citygrid.durability.DatabaseRefusal.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Reads rows back from the databases. Each query is short: what is large is read in pages. */
public final class PgReader {
    /** A busy machine, or a server that cancelled a query for its time limit. */
    private static final Set<String> RETRY = Set.of("57014", "40001", "40P01");

    private static final int TRIES_MAX = 3;

    private final Databases databases;

    public PgReader(Databases databases) {
        this.databases = databases;
    }

    /** What is asked on a connection. */
    @FunctionalInterface
    public interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Asks the database of {@code cityId} (0: the central one).
     *
     * @throws DatabaseRefusal if it cannot be asked or does not answer
     */
    public <T> T read(int cityId, Query<T> query) {
        String database = databases.settings().name(cityId);
        for (int attempt = 1; ; attempt++) {
            long begun = System.nanoTime();
            try (Connection connection = connect(cityId, database)) {
                T answer = query.on(connection);
                databases.committed(cityId, System.nanoTime() - begun);
                return answer;
            } catch (SQLException thrown) {
                DatabaseRefusal refusal = DatabaseRefusal.of(database, thrown);
                if (refusal.kind() == Kind.IN_DOUBT) {
                    // Reading leaves nothing in doubt.
                    databases.failed(cityId, 0, thrown);
                    throw DatabaseRefusal.unreachable(database, thrown);
                }
                if (RETRY.contains(String.valueOf(thrown.getSQLState())) && attempt < TRIES_MAX) {
                    continue;
                }
                if (refusal.kind().passes()) {
                    databases.failed(cityId, 0, thrown);
                }
                throw refusal;
            }
        }
    }

    private Connection connect(int cityId, String database) {
        try {
            return databases.connect(cityId);
        } catch (SQLTransientConnectionException busy) {
            throw busy.getCause() == null
                    ? DatabaseRefusal.busy(database, busy)
                    : DatabaseRefusal.unreachable(database, busy);
        } catch (SQLException noConnection) {
            throw DatabaseRefusal.unreachable(database, noConnection);
        }
    }
}
