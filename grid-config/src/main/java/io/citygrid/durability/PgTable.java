package io.citygrid.durability;

import io.citygrid.model.CityKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL table that mirrors a cache of the same name: how its rows are written, any number of them in one statement
 * part, by {@code INSERT … SELECT unnest(…) ON CONFLICT … DO UPDATE} guarded by the row's version; and how they are read back
 * as the keys and values that were written.
 */
public final class PgTable<K, V> {
    private static final String VERSION = "version";

    private final String name;
    private final boolean central;
    private boolean removable;
    private Function<V, @Nullable Object> versionOf = value -> 0L;
    private final List<Column<K, V>> columns = new ArrayList<>();
    private @Nullable From<K> keyOf;
    private @Nullable From<V> valueOf;

    /** A key or a value from a row. */
    @FunctionalInterface
    interface From<T> {
        T of(PgRow row) throws SQLException;
    }

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
        if (VERSION.equals(column)) {
            versionOf = value;
        }
        return this;
    }

    /** Says that its rows can be removed; of all other tables a row stays for ever. */
    PgTable<K, V> asRemovable() {
        removable = true;
        return this;
    }

    /** Whether its rows can be removed. */
    public boolean removable() {
        return removable;
    }

    PgTable<K, V> reads(From<K> key, From<V> value) {
        keyOf = key;
        valueOf = value;
        return this;
    }

    /** Of the table and of its cache. */
    public String name() {
        return name;
    }

    /** Whether its rows belong to the central database and not to a city's. */
    public boolean central() {
        return central;
    }

    /** The columns in the order in which {@link #upsert} binds them. */
    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** The values of a row's columns. */
    public List<@Nullable Object> cells(K key, V value) {
        return columns.stream()
                .map(column -> column.value().apply(key, value))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The version that a row carries. */
    @SuppressWarnings("unchecked")
    public long version(Object value) {
        return (Long) Objects.requireNonNull(versionOf.apply((V) value));
    }

    /**
     * Rows in the order of PostgreSQL's primary key.
     *
     * @param fragment whose rows to read; of no meaning for a central table
     * @param after the key to go on behind; {@code null} to begin
     * @param rowsMax fewer rows are the last ones
     */
    public Map<K, V> page(Connection connection, int fragment, @Nullable K after, int rowsMax) throws SQLException {
        List<Column<K, V>> keys = keys();
        List<String> conditions = new ArrayList<>();
        if (!central) {
            conditions.add(PgRow.FRAGMENT + " = ?");
        }
        if (after != null) {
            conditions.add("(" + names(keys) + ") > ("
                    + keys.stream().map(column -> "?::" + column.type()).collect(Collectors.joining(", ")) + ")");
        }
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT " + names(columns) + " FROM " + name + where + " ORDER BY " + names(keys) + " LIMIT ?")) {
            int parameter = 1;
            if (!central) {
                query.setInt(parameter++, fragment);
            }
            if (after != null) {
                for (Column<K, V> column : keys) {
                    query.setObject(parameter++, column.value().apply(after, null));
                }
            }
            query.setInt(parameter, rowsMax);
            return rows(query);
        }
    }

    /** Those rows of {@code wanted} that are there. */
    public Map<K, V> withKeys(Connection connection, Collection<K> wanted) throws SQLException {
        List<Column<K, V>> keys = keys();
        return where(
                connection,
                keys.stream().map(Column::name).toList(),
                wanted.stream()
                        .map(key -> keys.stream()
                                .map(column ->
                                        Objects.requireNonNull(column.value().apply(key, null)))
                                .toList())
                        .toList());
    }

    /** The rows whose {@code matched} columns have one of the {@code wanted} combinations of values. */
    public Map<K, V> where(Connection connection, List<String> matched, Collection<List<Object>> wanted)
            throws SQLException {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        List<String> types = matched.stream().map(this::type).toList();
        String chosen = columnNames().stream().map(column -> "t." + column).collect(Collectors.joining(", "));
        try (PreparedStatement query = connection.prepareStatement("SELECT " + chosen + " FROM " + name
                + " AS t JOIN unnest("
                + types.stream().map(type -> "?::" + type + "[]").collect(Collectors.joining(", "))
                + ") AS wanted(" + String.join(", ", matched) + ") USING (" + String.join(", ", matched) + ")")) {
            for (int i = 0; i < types.size(); i++) {
                int position = i;
                query.setArray(
                        i + 1,
                        connection.createArrayOf(
                                types.get(i),
                                wanted.stream()
                                        .map(values -> values.get(position))
                                        .toArray()));
            }
            return rows(query);
        }
    }

    private Map<K, V> rows(PreparedStatement query) throws SQLException {
        From<K> key = Objects.requireNonNull(keyOf);
        From<V> value = Objects.requireNonNull(valueOf);
        Map<K, V> rows = new LinkedHashMap<>();
        try (ResultSet result = query.executeQuery()) {
            PgRow row = new PgRow(result);
            while (result.next()) {
                K read = key.of(row);
                if (read instanceof CityKey city && city.cityFragment() != row.integer(PgRow.FRAGMENT)) {
                    throw new UnreadableRow(
                            "the table " + name + " has " + read + " in the fragment " + row.integer(PgRow.FRAGMENT));
                }
                rows.put(read, value.of(row));
            }
        } catch (IllegalArgumentException broken) {
            throw new UnreadableRow("the table " + name + " has a row that cannot be: " + broken.getMessage(), broken);
        }
        return Collections.unmodifiableMap(rows);
    }

    private List<Column<K, V>> keys() {
        return columns.stream().filter(Column::key).toList();
    }

    private String type(String column) {
        return columns.stream()
                .filter(candidate -> candidate.name().equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the table " + name + " has no column " + column))
                .type();
    }

    private static <K, V> String names(List<Column<K, V>> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
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
