package io.citygrid.durability;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL table that mirrors a cache of the same name: how its rows are written, any number of them in one statement
 * part, by {@code INSERT … SELECT unnest(…) ON CONFLICT … DO UPDATE} guarded by the row's version.
 */
public final class PgTable<K, V> {
    private final String name;
    private final boolean central;
    private final List<Column<K, V>> columns = new ArrayList<>();

    PgTable(String name, boolean central) {
        this.name = name;
        this.central = central;
    }

    PgTable<K, V> key(String column, String type, Function<K, Object> value) {
        columns.add(new Column<>(column, type, true, (key, row) -> value.apply(key)));
        return this;
    }

    PgTable<K, V> column(String column, String type, Function<V, @Nullable Object> value) {
        BiFunction<K, @Nullable V, @Nullable Object> ofRow = (key, row) -> row == null ? null : value.apply(row);
        columns.add(new Column<>(column, type, false, ofRow));
        return this;
    }

    /** Of the table and of its cache. */
    public String name() {
        return name;
    }

    /** Whether its rows belong to the central database and not to a city's. */
    boolean central() {
        return central;
    }

    /** The columns in the order in which {@link #upsert} binds them. */
    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** The value that {@code column} has for a row. */
    public List<@Nullable Object> cells(K key, V value) {
        return columns.stream()
                .map(column -> column.value().apply(key, value))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * The statement part that writes rows: one array for each column.
     *
     * @param guard the condition under which a row that is there already is replaced; empty for always
     */
    String upsert(String guard) {
        List<String> keys =
                columns.stream().filter(Column::key).map(Column::name).toList();
        String set = columns.stream()
                .filter(column -> !column.key())
                .map(column -> column.name() + " = excluded." + column.name())
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + name + " AS t (" + String.join(", ", columnNames()) + ") SELECT * FROM unnest("
                + columns.stream().map(column -> "?::" + column.type() + "[]").collect(Collectors.joining(", "))
                + ") ON CONFLICT (" + String.join(", ", keys) + ") DO UPDATE SET " + set + " " + guard;
    }

    /** The statement part that deletes rows: one array for each key column. */
    String delete() {
        List<Column<K, V>> keys = columns.stream().filter(Column::key).toList();
        return "DELETE FROM " + name + " AS t USING unnest("
                + keys.stream().map(column -> "?::" + column.type() + "[]").collect(Collectors.joining(", "))
                + ") AS gone(" + keys.stream().map(Column::name).collect(Collectors.joining(", ")) + ") WHERE "
                + keys.stream()
                        .map(column -> "t." + column.name() + " = gone." + column.name())
                        .collect(Collectors.joining(" AND "));
    }

    /**
     * Binds {@code rows} to the parameters of {@link #upsert}, or of {@link #delete()} if {@code keysOnly}.
     *
     * @return the parameter after the last one bound
     */
    @SuppressWarnings("unchecked")
    int bind(PreparedStatement statement, int parameter, Map<?, ?> rows, boolean keysOnly) throws SQLException {
        Connection connection = statement.getConnection();
        int next = parameter;
        for (Column<K, V> column : columns) {
            if (keysOnly && !column.key()) {
                continue;
            }
            Object[] values = rows.entrySet().stream()
                    .map(row -> column.value().apply((K) row.getKey(), (V) row.getValue()))
                    .toArray();
            Array array = connection.createArrayOf(column.type(), values);
            statement.setArray(next++, array);
        }
        return next;
    }
}
