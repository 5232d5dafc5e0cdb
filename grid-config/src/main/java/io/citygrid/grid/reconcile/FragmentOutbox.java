package io.citygrid.grid.reconcile;

import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.model.outbox.OutboxEntry;
import io.citygrid.model.outbox.OutboxKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;

/** The outbox entries of one fragment: rows that PostgreSQL will be told about anyway. */
public final class FragmentOutbox {
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final Duration COUNT_WITHIN = Duration.ofSeconds(5);

    private final Ignite node;
    private final int fragment;

    public FragmentOutbox(Ignite node, int fragment) {
        this.node = node;
        this.fragment = fragment;
    }

    boolean isEmpty() {
        try {
            return GridCaches.OUTBOX
                            .on(node)
                            .sizeLongAsync(fragment, CachePeekMode.PRIMARY)
                            .get(COUNT_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    == 0;
        } catch (CacheException | IgniteException notCounted) {
            throw new RolledBack("the outbox could not be looked at", notCounted);
        }
    }

    /** Waits until the drainer has told PostgreSQL of all; answers whether it has. */
    boolean awaitEmpty(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new RolledBack("interrupted while the outbox was drained", stopping);
            }
        }
        return true;
    }

    /** The keys of those rows of {@code cache} that entries name. */
    public Set<Object> names(GridCache<?, ?> cache) {
        Set<Object> keys = new HashSet<>();
        ScanQuery<OutboxKey, OutboxEntry> all = new ScanQuery<>();
        all.setPartition(fragment);
        try (QueryCursor<Cache.Entry<OutboxKey, OutboxEntry>> entries =
                GridCaches.OUTBOX.on(node).query(all)) {
            entries.forEach(entry -> entry.getValue().rows().stream()
                    .filter(row -> row.table().equals(cache.name()))
                    .forEach(row -> keys.add(row.key())));
        }
        return keys;
    }
}
