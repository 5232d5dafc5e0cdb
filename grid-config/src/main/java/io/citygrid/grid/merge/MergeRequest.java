package io.citygrid.grid.merge;

import io.citygrid.grid.GridCache;
import io.citygrid.model.Versioned;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows to bring into one cache; all of one city fragment if the cache is fragmented. */
public final class MergeRequest {
    /** Rows of one request, and so of one grid transaction. */
    public static final int ROWS_MAX = 500;

    private final String cache;
    private final LinkedHashMap<Object, Object> rows;

    private MergeRequest(String cache, Map<?, ?> rows) {
        this.cache = cache;
        this.rows = new LinkedHashMap<>(rows);
    }

    /** @throws IllegalArgumentException if there are more than {@link #ROWS_MAX} rows */
    public static <K extends Comparable<K>, V extends Versioned<V>> MergeRequest of(
            GridCache<K, V> cache, Map<K, V> rows) {
        if (rows.size() > ROWS_MAX) {
            throw new IllegalArgumentException("at most " + ROWS_MAX + " rows in one request, not " + rows.size());
        }
        return new MergeRequest(cache.name(), rows);
    }

    public String cache() {
        return cache;
    }

    public Map<Object, Object> rows() {
        return Collections.unmodifiableMap(rows);
    }
}
