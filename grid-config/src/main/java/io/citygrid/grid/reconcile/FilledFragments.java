package io.citygrid.grid.reconcile;

import io.citygrid.durability.PgTable;
import io.citygrid.durability.PgTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * Which fragments have rows in a database.
 *
 * @param withRows those with any row
 * @param withStores those with a store
 */
record FilledFragments(Set<Integer> withRows, Set<Integer> withStores) {
    static FilledFragments of(Connection connection) throws SQLException {
        Set<Integer> withRows = new HashSet<>();
        for (PgTable<?, ?> table : PgTables.all()) {
            if (!table.central()) {
                withRows.addAll(in(connection, table.name()));
            }
        }
        return new FilledFragments(withRows, in(connection, PgTables.STORES.name()));
    }

    /**
     * Steps from one fragment that has rows to the next by the primary key, so that the time depends on how many there are, not
     * on how many rows they have. Asking for one row of each fragment does not do: PostgreSQL expects to find it soon and reads
     * the whole table for each that has none.
     */
    private static Set<Integer> in(Connection connection, String table) throws SQLException {
        Set<Integer> fragments = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("WITH RECURSIVE filled(f) AS (SELECT min(city_fragment) FROM " + table
                                + " UNION ALL SELECT (SELECT min(city_fragment) FROM " + table
                                + " WHERE city_fragment > f) FROM filled WHERE f IS NOT NULL)"
                                + " SELECT f FROM filled WHERE f IS NOT NULL")) {
            while (row.next()) {
                fragments.add(row.getInt(1));
            }
        }
        return fragments;
    }
}
