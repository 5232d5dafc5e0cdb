package io.citygrid.grid.outbox;

import io.citygrid.grid.GridCaches;
import io.citygrid.model.CityFragment;
import io.citygrid.model.outbox.OutboxEntry;
import io.citygrid.model.outbox.OutboxKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;

/**
 * How many outbox entries wait in the fragments of which a node is the primary, and since when. Ignite knows the numbers; for
 * the moments all entries are read, so that is done only now and then, the less often the longer it takes.
 */
final class OutboxBacklog {
    private static final long READ_AGAIN_AFTER_NANOS = Duration.ofSeconds(2).toNanos();

    /** Reading takes at most a twentieth of the time. */
    private static final long REST_TIMES = 20;

    private final Ignite node;
    private Map<Integer, Instant> oldest = new TreeMap<>();
    private long readAgainAtNanos = System.nanoTime();

    OutboxBacklog(Ignite node) {
        this.node = node;
    }

    /** The number of waiting entries of each city that has some. */
    Map<Integer, Long> entries() {
        Map<Integer, Long> entries = new TreeMap<>();
        for (int fragment : node.affinity(GridCaches.OUTBOX.name())
                .primaryPartitions(node.cluster().localNode())) {
            long waiting = GridCaches.OUTBOX.on(node).localSizeLong(fragment, CachePeekMode.PRIMARY);
            if (waiting > 0) {
                entries.merge(CityFragment.cityOf(fragment), waiting, Long::sum);
            }
        }
        return entries;
    }

    /** When the oldest entry of each city was queued, as of some seconds ago; a city of {@code entries} may be missing. */
    Map<Integer, Instant> oldest(Map<Integer, Long> entries) {
        oldest.keySet().retainAll(entries.keySet());
        if (!entries.isEmpty() && System.nanoTime() - readAgainAtNanos >= 0) {
            long started = System.nanoTime();
            oldest = read();
            long ended = System.nanoTime();
            readAgainAtNanos = ended + Math.max(READ_AGAIN_AFTER_NANOS, REST_TIMES * (ended - started));
        }
        return oldest;
    }

    private Map<Integer, Instant> read() {
        Map<Integer, Instant> found = new TreeMap<>();
        for (Cache.Entry<OutboxKey, OutboxEntry> entry :
                GridCaches.OUTBOX.on(node).localEntries(CachePeekMode.PRIMARY)) {
            found.merge(
                    CityFragment.cityOf(entry.getKey().cityFragment()),
                    entry.getValue().queuedAt(),
                    (a, b) -> a.isBefore(b) ? a : b);
        }
        return found;
    }
}
