package io.citygrid.grid.sql;

import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCache;
import io.citygrid.model.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of rows, most of which the node has itself, remembered for some seconds: a report asks the same few things for
 * every line.
 *
 * @param <K> the rows' key
 * @param <V> the rows
 * @param <T> what is shown
 */
final class Names<K, V, T> {
    private static final long REMEMBERED_NANOS = Duration.ofSeconds(5).toNanos();

    /** More than the reference rows that a node keeps on its heap. */
    private static final int REMEMBERED_MAX = 20_000;

    private record Remembered<T>(@Nullable T shown, long untilNanos) {}

    private final GridCache<K, V> cache;
    private final Function<V, T> show;
    private final Map<K, Remembered<T>> remembered = new ConcurrentHashMap<>();

    Names(GridCache<K, V> cache, Function<V, T> show) {
        this.cache = cache;
        this.show = show;
    }

    /**
     * What is shown of the row; {@code null} if there is none.
     *
     * @throws io.citygrid.grid.RolledBack if it could not be read in time
     */
    @Nullable
    T of(Ignite node, K key) {
        Remembered<T> known = remembered.get(key);
        long now = System.nanoTime();
        if (known != null && known.untilNanos - now > 0) {
            return known.shown;
        }
        V row = cache.on(node).localPeek(key, CachePeekMode.ALL);
        if (row == null) {
            // Where a query puts its nodes' answers together, the row may be another node's.
            row = BoundedReads.get(node, cache, key);
        }
        T shown = row == null ? null : show.apply(row);
        if (remembered.size() >= REMEMBERED_MAX) {
            remembered.clear();
        }
        remembered.put(key, new Remembered<>(shown, now + REMEMBERED_NANOS));
        return shown;
    }

    /** An amount of money in its hundredths. */
    static long hundredths(BigDecimal amount) {
        return amount.movePointRight(Money.SCALE).longValueExact();
    }
}
