package io.citygrid.grid;

import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;

/** Reads outside of transactions: without locks, and never longer than {@link #WITHIN}, also while a node is frozen. */
public final class BoundedReads {
    private static final Duration WITHIN = Duration.ofSeconds(2);

    private BoundedReads() {}

    /**
     * The row, or {@code null}.
     *
     * @throws RolledBack if it could not be read in time
     */
    public static <K, V> @Nullable V get(Ignite node, GridCache<K, V> cache, K key) {
        return await(cache.on(node).getAsync(key));
    }

    /**
     * The rows that exist.
     *
     * @throws RolledBack if they could not be read in time
     */
    public static <K, V> Map<K, V> getAll(Ignite node, GridCache<K, V> cache, SortedSet<K> keys) {
        return await(cache.on(node).getAllAsync(keys));
    }

    /**
     * Whether there is such a row.
     *
     * @throws RolledBack if that could not be found out in time
     */
    public static <K, V> boolean contains(Ignite node, GridCache<K, V> cache, K key) {
        return await(cache.on(node).containsKeyAsync(key));
    }

    private static <T> T await(IgniteFuture<T> read) {
        try {
            return read.get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (CacheException | IgniteException notRead) {
            throw new RolledBack(
                    "the grid could not be read (" + notRead.getClass().getSimpleName() + ")", notRead);
        }
    }
}
