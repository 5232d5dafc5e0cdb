package io.citygrid.grid;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseRefusal.Kind;
import io.citygrid.model.CityKey;
import io.citygrid.model.outbox.OutboxEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.transactions.Transaction;
import org.apache.ignite.transactions.TransactionConcurrency;
import org.apache.ignite.transactions.TransactionIsolation;
import org.jspecify.annotations.Nullable;

/**
 * The one place that opens grid transactions: PESSIMISTIC (a read locks), REPEATABLE_READ, and with a time limit.
 *
 * <p>It remembers which rows were written. If the commit fails in a way that leaves PostgreSQL in doubt, those rows go to the
 * outbox, which tells PostgreSQL what the grid holds of them.
 */
public final class GridTransaction {
    /**
     * Longer than failure detection: a transaction that gave up while a dead node was still believed alive could be rolled back
     * on one copy and committed on the other.
     */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Ignite node;
    private final List<OutboxEntry.Row> written = new ArrayList<>();

    private GridTransaction(Ignite node) {
        this.node = node;
    }

    /**
     * Runs {@code work} and commits what it wrote; with an exception nothing is written.
     *
     * @throws DatabaseRefusal if PostgreSQL did not take the rows
     * @throws RolledBack if the grid rolled back: a lock not had in time, a deadlock, a node that left
     */
    public static <T> T run(Ignite node, Function<GridTransaction, T> work) {
        GridTransaction own = new GridTransaction(node);
        boolean committing = false;
        try (Transaction transaction = node.transactions()
                .txStart(
                        TransactionConcurrency.PESSIMISTIC,
                        TransactionIsolation.REPEATABLE_READ,
                        TIMEOUT.toMillis(),
                        0)) {
            T result = work.apply(own);
            committing = true;
            transaction.commit();
            return result;
        } catch (CacheException | IgniteException thrown) {
            throw own.failed(thrown, committing);
        }
    }

    private RuntimeException failed(RuntimeException thrown, boolean committing) {
        DatabaseRefusal refusal = DatabaseRefusal.in(thrown).orElse(null);
        boolean unseen = refusal != null && refusal.kind() != Kind.IN_DOUBT;
        if (committing && !unseen) {
            tellDatabaseAgain(thrown);
        }
        if (refusal != null) {
            return refusal;
        }
        return RolledBack.in(thrown)
                .<RuntimeException>map(rolledBack -> rolledBack)
                .orElse(thrown);
    }

    private void tellDatabaseAgain(RuntimeException failure) {
        if (written.stream().allMatch(row -> row.key() instanceof CityKey)) {
            try {
                Outbox.put(node, written, "in doubt after a failed commit");
            } catch (RuntimeException outboxFailed) {
                failure.addSuppressed(outboxFailed);
            }
        }
    }

    /** The row, locked until the end of the transaction, whether it exists or not. */
    public <K, V> @Nullable V lock(GridCache<K, V> cache, K key) {
        return cache.on(node).get(key);
    }

    /** The rows that exist, all locked in the order of their keys, so that two transactions never wait for each other. */
    public <K extends Comparable<K>, V> Map<K, V> lockAll(GridCache<K, V> cache, SortedSet<K> keys) {
        return cache.on(node).getAll(keys);
    }

    /** Writes a row. */
    public <K, V> void put(GridCache<K, V> cache, K key, V value) {
        remember(cache, key);
        cache.on(node).put(key, value);
    }

    /** Writes rows in the order of their keys. */
    public <K extends Comparable<K>, V> void putAll(GridCache<K, V> cache, SortedMap<K, V> rows) {
        rows.keySet().forEach(key -> remember(cache, key));
        cache.on(node).putAll(rows);
    }

    /** Removes a row. */
    public <K, V> void remove(GridCache<K, V> cache, K key) {
        remember(cache, key);
        cache.on(node).remove(key);
    }

    /**
     * Removes a row whose database is not the one that this transaction writes through to; the outbox tells that database
     * afterwards.
     */
    public <K extends CityKey, V> void removeLater(GridCache<K, V> cache, K key) {
        cache.on(node).withSkipStore().remove(key);
        Outbox.put(node, List.of(new OutboxEntry.Row(cache.name(), key)), "moved to another city");
    }

    private void remember(GridCache<?, ?> cache, Object key) {
        if (cache.kind() == GridCache.Kind.CITY || cache.kind() == GridCache.Kind.REFERENCE) {
            written.add(new OutboxEntry.Row(cache.name(), key));
        }
    }
}
