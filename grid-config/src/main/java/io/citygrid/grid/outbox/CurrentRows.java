package io.citygrid.grid.outbox;

import io.citygrid.durability.PgWriter;
import io.citygrid.durability.PgWriter.Mode;
import io.citygrid.durability.WriteSet;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;

/**
 * Rows by their tables and keys, of one city, to tell PostgreSQL what the grid holds of them: written if they are there,
 * deleted if not.
 */
public final class CurrentRows {
    /** The order in which a sale locks: what tells sales apart first, then stock by key, the store's counter last. */
    private static final List<String> LOCKED_FIRST = List.of(
            GridCaches.ORDER_MAPPING.name(),
            GridCaches.STOCK_MOVEMENTS.name(),
            GridCaches.INVENTORY.name(),
            GridCaches.STORE_COUNTERS.name(),
            GridCaches.CUSTOMERS.name(),
            GridCaches.CUSTOMER_CONTACTS.name());

    private final Map<String, TreeSet<Object>> keys = new LinkedHashMap<>();

    /** Names a row; once is enough. */
    public <K extends Comparable<K>, V> CurrentRows add(GridCache<K, V> cache, K key) {
        add(cache.name(), key);
        return this;
    }

    /** Names a row of {@code table}. */
    void add(String table, Object key) {
        keys.computeIfAbsent(table, name -> new TreeSet<>()).add(key);
    }

    /** Names rows. */
    public <K extends Comparable<K>, V> CurrentRows addAll(GridCache<K, V> cache, Iterable<K> rows) {
        rows.forEach(key -> add(cache, key));
        return this;
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /**
     * Tells the database of {@code cityId} in one statement, while the rows are locked so that no sale can write them in between.
     * Opens a grid transaction of its own.
     *
     * @throws io.citygrid.durability.DatabaseRefusal if PostgreSQL did not take them
     * @throws io.citygrid.grid.RolledBack if they could not be locked
     */
    public void write(Ignite node, PgWriter writer, int cityId) {
        write(node, writer, cityId, locked -> {});
    }

    /**
     * As {@link #write(Ignite, PgWriter, int)}.
     *
     * @param guard looks at the rows as the grid holds them, locked, and throws if they must not be written
     */
    void write(Ignite node, PgWriter writer, int cityId, Consumer<WriteSet> guard) {
        if (!isEmpty()) {
            GridTransaction.run(node, transaction -> {
                WriteSet locked = lock(transaction);
                guard.accept(locked);
                writer.write(locked, cityId, Mode.REPLACE);
                return true;
            });
        }
    }

    /** Locks the rows; answers what the grid holds of them. */
    WriteSet lock(GridTransaction transaction) {
        WriteSet current = new WriteSet();
        keys.keySet().stream()
                .sorted(Comparator.<String>comparingInt(CurrentRows::position).thenComparing(Comparator.naturalOrder()))
                .forEach(table -> lock(transaction, table, current));
        return current;
    }

    private static int position(String table) {
        int position = LOCKED_FIRST.indexOf(table);
        return position < 0 ? LOCKED_FIRST.size() : position;
    }

    /** Keys of one table are of its cache's type; {@link #add} has seen to that. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private void lock(GridTransaction transaction, String table, WriteSet current) {
        SortedSet named = keys.getOrDefault(table, new TreeSet<>());
        Map<Object, Object> found = transaction.lockAll((GridCache) GridCaches.named(table), named);
        named.forEach(key -> current.put(table, key, found.get(key)));
    }
}
