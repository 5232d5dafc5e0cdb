package io.citygrid.grid.reconcile;

import io.citygrid.durability.PgReader;
import io.citygrid.durability.PgTable;
import io.citygrid.durability.PgTables;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.RolledBack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;
import org.jspecify.annotations.Nullable;

/**
 * One table compared, of one city fragment or, if it is a reference table, whole. It is read in pages, so that neither memory nor
 * a query's time grows with the table, and without locks: whoever acts on a difference looks at the row again under its lock.
 */
public final class Comparison<K extends Comparable<K>, V> {
    /** Rows read at once. */
    static final int PAGE = 500;

    private static final Duration COUNT_WITHIN = Duration.ofSeconds(10);

    private final Ignite node;
    private final PgReader reader;
    private final int cityId;
    private final int fragment;
    private final GridCache<K, V> cache;
    private final PgTable<K, V> table;

    /** A row that differs. */
    public record Difference<K, V>(K key, @Nullable V inGrid, @Nullable V inPostgres) {}

    /** @param fragment {@link FragmentRun#REFERENCE} for a reference table */
    @SuppressWarnings("unchecked")
    public Comparison(Ignite node, PgReader reader, int cityId, int fragment, GridCache<K, V> cache) {
        this.node = node;
        this.reader = reader;
        this.cityId = cityId;
        this.fragment = fragment;
        this.cache = cache;
        this.table = (PgTable<K, V>) PgTables.named(cache.name());
    }

    /**
     * Compares all rows.
     *
     * @param rows counts what has been looked at
     * @param differing takes what differs, some rows at a time
     * @throws io.citygrid.durability.DatabaseRefusal if PostgreSQL cannot be asked
     * @throws RolledBack if the grid could not be read in time
     */
    public TableReport run(LongAdder rows, Consumer<List<Difference<K, V>>> differing) {
        Tally tally = new Tally();
        long inGrid = count();
        @Nullable K after = null;
        while (true) {
            @Nullable K behind = after;
            Map<K, V> page = reader.read(cityId, connection -> table.page(connection, fragment, behind, PAGE));
            if (!page.isEmpty()) {
                compare(page, tally, differing);
                rows.add(page.size());
                for (K key : page.keySet()) {
                    after = key;
                }
            }
            if (page.size() < PAGE) {
                break;
            }
        }
        // Fewer than both have: the primary changed while they were counted.
        if (inGrid != tally.inBoth()) {
            onlyInGrid(tally, differing);
        }
        return tally.report(table.name());
    }

    private void compare(Map<K, V> page, Tally tally, Consumer<List<Difference<K, V>>> differing) {
        Map<K, V> own = BoundedReads.getAll(node, cache, new TreeSet<>(page.keySet()));
        List<Difference<K, V>> found = new ArrayList<>();
        page.forEach((key, value) -> {
            V inGrid = own.get(key);
            if (!tally.add(table, key, inGrid, value)) {
                found.add(new Difference<>(key, inGrid, value));
            }
        });
        if (!found.isEmpty()) {
            differing.accept(found);
        }
    }

    private void onlyInGrid(Tally tally, Consumer<List<Difference<K, V>>> differing) {
        ScanQuery<K, V> all = new ScanQuery<>();
        if (cache.kind().fragmented()) {
            all.setPartition(fragment);
        }
        all.setPageSize(PAGE);
        List<Cache.Entry<K, V>> batch = new ArrayList<>();
        try (QueryCursor<Cache.Entry<K, V>> entries = cache.on(node).query(all)) {
            for (Cache.Entry<K, V> entry : entries) {
                batch.add(entry);
                if (batch.size() == PAGE) {
                    missing(batch, tally, differing);
                    batch.clear();
                }
            }
        }
        missing(batch, tally, differing);
    }

    private void missing(List<Cache.Entry<K, V>> batch, Tally tally, Consumer<List<Difference<K, V>>> differing) {
        List<K> keys = batch.stream().map(Cache.Entry::getKey).toList();
        Map<K, V> there = reader.read(cityId, connection -> table.withKeys(connection, keys));
        List<Difference<K, V>> found = new ArrayList<>();
        for (Cache.Entry<K, V> entry : batch) {
            if (!there.containsKey(entry.getKey())) {
                tally.add(table, entry.getKey(), entry.getValue(), null);
                found.add(new Difference<>(entry.getKey(), entry.getValue(), null));
            }
        }
        if (!found.isEmpty()) {
            differing.accept(found);
        }
    }

    private long count() {
        try {
            return (cache.kind().fragmented()
                            ? cache.on(node).sizeLongAsync(fragment, CachePeekMode.PRIMARY)
                            : cache.on(node).sizeLongAsync(CachePeekMode.PRIMARY))
                    .get(COUNT_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (CacheException | IgniteException notCounted) {
            throw new RolledBack("the rows of " + cache.name() + " could not be counted", notCounted);
        }
    }

    /** Counts rows by how they compare. */
    static final class Tally {
        private long equal;
        private long onlyInGrid;
        private long onlyInPostgres;
        private long newerInGrid;
        private long newerInPostgres;
        private long otherwise;

        /** Answers whether the row is the same on both sides. */
        <K, V> boolean add(PgTable<K, V> table, K key, @Nullable V inGrid, @Nullable V inPostgres) {
            if (inGrid == null) {
                onlyInPostgres++;
            } else if (inPostgres == null) {
                onlyInGrid++;
            } else if (table.cells(key, inGrid).equals(table.cells(key, inPostgres))) {
                equal++;
                return true;
            } else {
                int order = Long.compare(table.version(inGrid), table.version(inPostgres));
                newerInGrid += order > 0 ? 1 : 0;
                newerInPostgres += order < 0 ? 1 : 0;
                otherwise += order == 0 ? 1 : 0;
            }
            return false;
        }

        long inBoth() {
            return equal + newerInGrid + newerInPostgres + otherwise;
        }

        TableReport report(String table) {
            return new TableReport(table, equal, onlyInGrid, onlyInPostgres, newerInGrid, newerInPostgres, otherwise);
        }
    }
}
