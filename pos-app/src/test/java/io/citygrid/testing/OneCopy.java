package io.citygrid.testing;

import io.citygrid.grid.GridCache;
import io.citygrid.model.CityKey;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCheckedException;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.cache.GridCacheContext;
import org.apache.ignite.internal.processors.cache.KeyCacheObject;
import org.apache.ignite.internal.processors.cache.distributed.dht.topology.GridDhtLocalPartition;

/** Damages a row in one node's copy alone, as a fault of Ignite or of a disk would: there is no public way to. */
public final class OneCopy {
    private OneCopy() {}

    private interface Damage {
        void on(GridCacheContext<?, ?> cache, KeyCacheObject key, GridDhtLocalPartition partition)
                throws IgniteCheckedException;
    }

    /** Takes the row out of the copy of {@code node}. */
    public static <K extends CityKey, V> void remove(Ignite node, GridCache<K, V> cache, K key) {
        damage(node, cache, key, (context, row, partition) -> context.offheap()
                .remove(context, row, partition.id(), partition));
    }

    /** Puts another row into the copy of {@code node}. */
    public static <K extends CityKey, V> void replace(Ignite node, GridCache<K, V> cache, K key, V value) {
        damage(node, cache, key, (context, row, partition) -> context.offheap()
                .update(
                        context,
                        row,
                        context.toCacheObject(node.binary().toBinary(value))
                                .prepareForCache(context.cacheObjectContext()),
                        context.cache().nextVersion(),
                        0,
                        partition,
                        null));
    }

    private static <K extends CityKey> void damage(Ignite node, GridCache<K, ?> cache, K key, Damage damage) {
        GridCacheContext<?, ?> context = ((IgniteEx) node).cachex(cache.name()).context();
        GridDhtLocalPartition partition = context.topology().localPartition(key.cityFragment());
        context.shared().database().checkpointReadLock();
        try {
            damage.on(context, context.toCacheKeyObject(key), partition);
        } catch (IgniteCheckedException failed) {
            throw new IllegalStateException(failed);
        } finally {
            context.shared().database().checkpointReadUnlock();
        }
    }
}
