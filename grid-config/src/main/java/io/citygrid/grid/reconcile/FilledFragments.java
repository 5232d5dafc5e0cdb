package io.citygrid.grid.reconcile;

import io.citygrid.durability.PgTable;
import io.citygrid.durability.PgTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which fragments have rows in a database, found out with one query for all of them.
 *
 * @param withRows those with any row
 * @param withStores those with a store
 */
record FilledFragments(Set<Integer> withRows, Set<Integer> withStores) {
    static FilledFragments of(Connection connection, Collection<Integer> fragments) throws SQLException {
        String any = PgTables.all().stream()
                .filter(table -> !table.central())
                .map(PgTable::name)
                .map(FilledFragments::exists)
                .collect(Collectors.joining(" OR "));
        Set<Integer> withRows = new HashSet<>();
        Set<Integer> withStores = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT f, " + exists(PgTables.STORES.name()) + " FROM unnest(?::int4[]) AS f WHERE " + any)) {
            query.setArray(1, connection.createArrayOf("int4", fragments.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    withRows.add(row.getInt(1));
                    if (row.getBoolean(2)) {
                        withStores.add(row.getInt(1));
                    }
                }
            }
        }
        return new FilledFragments(withRows, withStores);
    }

    /** Not EXISTS, of which several joined by OR make PostgreSQL read whole tables: this looks at an index once. */
    private static String exists(String table) {
        return "(SELECT true FROM " + table + " WHERE city_fragment = f LIMIT 1) IS NOT NULL";
    }
}
