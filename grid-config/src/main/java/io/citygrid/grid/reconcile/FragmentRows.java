package io.citygrid.grid.reconcile;

import io.citygrid.grid.GridCache;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;

/** What the grid has in one fragment. */
public final class FragmentRows {
    private FragmentRows() {}

    /** All keys of a table that has few rows in a fragment. */
    public static <K extends Comparable<K>, V> TreeSet<K> keys(Ignite node, GridCache<K, V> cache, int fragment) {
        TreeSet<K> keys = new TreeSet<>();
        ScanQuery<K, V> all = new ScanQuery<>();
        all.setPartition(fragment);
        try (QueryCursor<Cache.Entry<K, V>> entries = cache.on(node).query(all)) {
            entries.forEach(entry -> keys.add(entry.getKey()));
        }
        return keys;
    }

    /** All rows of a table that has few rows in a fragment. */
    static <K extends Comparable<K>, V> TreeMap<K, V> entries(Ignite node, GridCache<K, V> cache, int fragment) {
        TreeMap<K, V> rows = new TreeMap<>();
        ScanQuery<K, V> all = new ScanQuery<>();
        all.setPartition(fragment);
        try (QueryCursor<Cache.Entry<K, V>> entries = cache.on(node).query(all)) {
            entries.forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
        }
        return rows;
    }
}
