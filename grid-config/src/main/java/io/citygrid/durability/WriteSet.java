package io.citygrid.durability;

import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows that one grid transaction writes, by table, the last value of each: {@code null} deletes. All rows of a write set
 * go to one database.
 */
public final class WriteSet {
    private final Map<String, Map<Object, @Nullable Object>> rows = new LinkedHashMap<>();

    /** Adds a row; {@code null} deletes it. */
    public void put(String table, Object key, @Nullable Object value) {
        rows.computeIfAbsent(table, name -> new LinkedHashMap<>()).put(key, value);
    }

    /** Adds the rows of {@code other}; of a row that both have, the newer version stays. */
    public void addNewer(WriteSet other) {
        other.rows.forEach((table, added) -> added.forEach((key, value) -> {
            Map<Object, @Nullable Object> own = rows.computeIfAbsent(table, name -> new LinkedHashMap<>());
            Object known = own.get(key);
            if (value == null || known == null || version(table, value) >= version(table, known)) {
                own.put(key, value);
            }
        }));
    }

    /** The version of the row {@code value} of {@code table}. */
    public static long version(String table, Object value) {
        return PgTables.named(table).version(value);
    }

    /** Every row: its table, key and value. */
    public void forEach(RowVisitor visitor) {
        rows.forEach((table, written) -> written.forEach((key, value) -> visitor.visit(table, key, value)));
    }

    /** Looks at a row; {@code value} is {@code null} if it is deleted. */
    public interface RowVisitor {
        void visit(String table, Object key, @Nullable Object value);
    }

    /** How many rows there are. */
    public int size() {
        return rows.values().stream().mapToInt(Map::size).sum();
    }

    /** Whether all rows belong to tables from which nothing is ever removed. */
    public boolean isNeverRemoved() {
        return rows.keySet().stream().noneMatch(table -> PgTables.named(table).removable())
                && rows.values().stream()
                        .allMatch(table -> table.values().stream().allMatch(Objects::nonNull));
    }

    /** The rows of each city fragment by themselves; those of the central tables are one part. */
    public Collection<WriteSet> byFragment() {
        Map<Integer, WriteSet> parts = new TreeMap<>();
        forEach((table, key, value) -> parts.computeIfAbsent(
                        key instanceof CityKey city ? city.cityFragment() : CityFragment.CENTRAL,
                        fragment -> new WriteSet())
                .put(table, key, value));
        return parts.values();
    }

    /** Those rows that belong to one of {@code tables}. */
    public WriteSet only(Set<String> tables) {
        WriteSet chosen = new WriteSet();
        rows.forEach((table, written) -> {
            if (tables.contains(table)) {
                chosen.rows.put(table, new LinkedHashMap<>(written));
            }
        });
        return chosen;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The tables with rows to write. */
    Set<String> tables() {
        return rows.keySet();
    }

    /** The rows of {@code table} that are written (or, if {@code deleted}, deleted). */
    Map<Object, @Nullable Object> rows(String table, boolean deleted) {
        Map<Object, @Nullable Object> chosen = new LinkedHashMap<>();
        for (Entry<Object, @Nullable Object> row :
                rows.getOrDefault(table, Map.of()).entrySet()) {
            if ((row.getValue() == null) == deleted) {
                chosen.put(row.getKey(), row.getValue());
            }
        }
        return chosen;
    }

    /** Every row by table, for whoever has to look at them again. */
    public Map<String, Set<Object>> keys() {
        Map<String, Set<Object>> keys = new TreeMap<>();
        rows.forEach((table, written) -> keys.put(table, written.keySet()));
        return keys;
    }

    /**
     * The city whose database takes this write set; 0 for the central database.
     *
     * @throws IllegalStateException if the rows belong to more than one database: no transaction could cover them
     */
    public int cityId() {
        Integer home = null;
        for (Entry<String, Map<Object, @Nullable Object>> table : rows.entrySet()) {
            boolean central = PgTables.named(table.getKey()).central();
            for (Object key : table.getValue().keySet()) {
                int city = central ? 0 : CityFragment.cityOf(((CityKey) key).cityFragment());
                if (home != null && home != city) {
                    throw new IllegalStateException(
                            "one grid transaction writes through to one database, not to those of cities " + home
                                    + " and " + city);
                }
                home = city;
            }
        }
        if (home == null) {
            throw new IllegalStateException("an empty write set has no database");
        }
        return home;
    }
}
