package io.citygrid.testing;

import io.citygrid.durability.PgTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What PostgreSQL has, read as text over one connection for each database: opening one takes longer than reading a table. */
final class StoredRows implements AutoCloseable {
    static final String CENTRAL = "pos_central";

    private final PostgresAccess postgres;
    private final Map<String, Connection> open = new HashMap<>();

    StoredRows(PostgresAccess postgres) {
        this.postgres = postgres;
    }

    /** The rows of a table of the grid, their columns divided by bars. */
    List<String> rows(String database, PgTable<?, ?> table) {
        return read(database, "SELECT " + String.join(", ", table.columnNames()) + " FROM " + table.name());
    }

    /** The ids of the rows that the central replication log has. */
    Set<Long> logIds() {
        return read(CENTRAL, "SELECT id FROM replication_log").stream()
                .map(Long::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The lines of the warehouse. */
    List<String> facts() {
        return read(
                CENTRAL,
                "SELECT city_id, store_id, order_no, line_no, day::text, product_id, category_id, customer_id, quantity, price,"
                        + " amount, order_id FROM warehouse.fact_sales");
    }

    private List<String> read(String database, String query) {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection(database).createStatement();
                ResultSet found = statement.executeQuery(query)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<String> cells = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    Object cell = found.getObject(column);
                    cells.add(String.valueOf(cell instanceof Timestamp moment ? moment.toInstant() : cell));
                }
                rows.add(String.join("|", cells));
            }
            return rows;
        } catch (SQLException failed) {
            throw new IllegalStateException("database " + database + " could not be read", failed);
        }
    }

    private Connection connection(String database) throws SQLException {
        Connection known = open.get(database);
        if (known == null) {
            known = postgres.connect(database);
            open.put(database, known);
        }
        return known;
    }

    @Override
    public void close() {
        for (Connection connection : open.values()) {
            try {
                connection.close();
            } catch (SQLException alreadyClosed) {
                throw new IllegalStateException(alreadyClosed);
            }
        }
    }
}
