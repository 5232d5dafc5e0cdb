package io.citygrid.grid.check;

import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteException;
import org.apache.ignite.binary.BinaryObject;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/**
 * Reads a node's own copy of a partition, and answers hashes of its rows instead of the rows. Ignite hashes all bytes of a row's fields
 * ({@link BinaryObject#hashCode}), so two copies of a row that differ have the same hash once in four thousand million times.
 */
public final class CopyReader {
    /** Parts of a partition that are compared whole before rows are. */
    static final int BUCKETS = 256;

    private CopyReader() {}

    /** A bucket of a key, the same on every node. */
    private static int bucket(Object key) {
        int hash = key.hashCode();
        hash ^= hash >>> 16;
        hash *= 0x7feb352d;
        hash ^= hash >>> 15;
        return hash & (BUCKETS - 1);
    }

    /** Spreads a row's hash so that the sum of many says something (the finalizer of SplitMix64). */
    private static long mixed(int keyHash, int valueHash) {
        long hash = ((long) keyHash << 32) ^ (valueHash & 0xffffffffL);
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }

    private static void each(Ignite node, GridCache<?, ?> cache, int partition, BiConsumer<Object, Object> row) {
        ScanQuery<Object, Object> all = new ScanQuery<>();
        all.setPartition(partition);
        all.setLocal(true);
        try (QueryCursor<Cache.Entry<Object, Object>> rows = binary(node, cache).query(all)) {
            rows.forEach(found -> row.accept(found.getKey(), found.getValue()));
        }
    }

    private static IgniteCache<Object, Object> binary(Ignite node, GridCache<?, ?> cache) {
        return cache.on(node).<Object, Object>withKeepBinary();
    }

    /** What one node has of a partition: for each cache the number of rows and a sum of hashes for each bucket. */
    public static final class Sums {
        private final TreeMap<String, long[]> byCache;
        private final long rows;

        Sums(Map<String, long[]> byCache, long rows) {
            this.byCache = new TreeMap<>(byCache);
            this.rows = rows;
        }

        long[] of(GridCache<?, ?> cache) {
            return byCache.getOrDefault(cache.name(), new long[BUCKETS]);
        }

        long rows() {
            return rows;
        }
    }

    /** Asks for the sums of several caches; answers {@code null} while the node's copy is being filled. */
    public static final class ReadSums implements IgniteCallable<@Nullable Sums> {
        private static final long serialVersionUID = 1L;

        private final ArrayList<String> caches;
        private final int partition;

        @IgniteInstanceResource
        private transient Ignite node;

        ReadSums(Collection<GridCache<?, ?>> caches, int partition) {
            this.caches = new ArrayList<>(caches.stream().map(GridCache::name).toList());
            this.partition = partition;
        }

        @Override
        public @Nullable Sums call() {
            Map<String, long[]> byCache = new HashMap<>();
            long[] rows = {0};
            try {
                for (String name : caches) {
                    long[] sums = new long[BUCKETS];
                    each(node, GridCaches.named(name), partition, (key, value) -> {
                        sums[bucket(key)] += mixed(key.hashCode(), value.hashCode());
                        rows[0]++;
                    });
                    byCache.put(name, sums);
                }
            } catch (IgniteException | javax.cache.CacheException notOwned) {
                return null;
            }
            return new Sums(byCache, rows[0]);
        }
    }

    /** Asks for the hashes of the rows in some buckets, by key; answers {@code null} while the node's copy is being filled. */
    public static final class ReadRows implements IgniteCallable<@Nullable HashMap<Object, Integer>> {
        private static final long serialVersionUID = 1L;

        private final String cache;
        private final int partition;
        private final BitSet buckets;

        @IgniteInstanceResource
        private transient Ignite node;

        ReadRows(GridCache<?, ?> cache, int partition, BitSet buckets) {
            this.cache = cache.name();
            this.partition = partition;
            this.buckets = (BitSet) buckets.clone();
        }

        @Override
        public @Nullable HashMap<Object, Integer> call() {
            HashMap<Object, Integer> rows = new HashMap<>();
            try {
                each(node, GridCaches.named(cache), partition, (key, value) -> {
                    if (buckets.get(bucket(key))) {
                        rows.put(key instanceof BinaryObject binary ? binary.deserialize() : key, value.hashCode());
                    }
                });
            } catch (IgniteException | javax.cache.CacheException notOwned) {
                return null;
            }
            return rows;
        }
    }

    /** Asks for the hashes of single rows, those that are there. */
    public static final class ReadKeys implements IgniteCallable<HashMap<Object, Integer>> {
        private static final long serialVersionUID = 1L;

        private final String cache;
        private final ArrayList<Object> keys;

        @IgniteInstanceResource
        private transient Ignite node;

        ReadKeys(GridCache<?, ?> cache, List<?> keys) {
            this.cache = cache.name();
            this.keys = new ArrayList<>(keys);
        }

        @Override
        public HashMap<Object, Integer> call() {
            HashMap<Object, Integer> rows = new HashMap<>();
            IgniteCache<Object, Object> copy = binary(node, GridCaches.named(cache));
            for (Object key : keys) {
                Object value = copy.localPeek(key, CachePeekMode.PRIMARY, CachePeekMode.BACKUP);
                if (value != null) {
                    rows.put(key, value.hashCode());
                }
            }
            return rows;
        }
    }
}
