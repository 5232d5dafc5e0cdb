package io.citygrid.grid;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseRefusal.Kind;
import io.citygrid.durability.WriteSet;
import io.citygrid.durability.WriteThrough;
import io.citygrid.model.CityKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that opens grid transactions: PESSIMISTIC (a read locks), REPEATABLE_READ, and with a time limit.
 *
 * <p>It remembers the rows that are written, and writes them through to PostgreSQL before it commits. If PostgreSQL is left in
 * doubt, those rows go to the outbox, which tells PostgreSQL what the grid holds of them.
 */
public final class GridTransaction {
    /**
     * Longer than failure detection: a transaction that gave up while a dead node was still believed alive could be rolled back
     * on one copy and committed on the other.
     */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(GridTransaction.class);

    private final Ignite node;
    private final WriteSet written = new WriteSet();
    private Phase phase = Phase.WORKING;

    /** How far a transaction has come. */
    private enum Phase {
        WORKING,
        WRITING_THROUGH,
        COMMITTING
    }

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
        try (Transaction transaction = node.transactions()
                .txStart(
                        TransactionConcurrency.PESSIMISTIC,
                        TransactionIsolation.REPEATABLE_READ,
                        TIMEOUT.toMillis(),
                        0)) {
            T result = work.apply(own);
            own.phase = Phase.WRITING_THROUGH;
            WriteThrough.of(node).write(own.written);
            own.phase = Phase.COMMITTING;
            transaction.commit();
            return result;
        } catch (RuntimeException thrown) {
            throw own.failed(thrown);
        }
    }

    /** Called when the transaction is rolled back and its locks are free. */
    private RuntimeException failed(RuntimeException thrown) {
        boolean inDoubt = phase == Phase.COMMITTING
                || thrown instanceof DatabaseRefusal refusal && refusal.kind() == Kind.IN_DOUBT;
        if (inDoubt) {
            tellDatabaseAgain(thrown);
        }
        if (thrown instanceof DatabaseRefusal refusal) {
            return switch (refusal.kind()) {
                case AHEAD -> ahead(refusal);
                case BUSY -> new RolledBack(String.valueOf(refusal.getMessage()), refusal);
                case UNREACHABLE, IN_DOUBT, REFUSED -> refusal;
            };
        }
        Optional<RolledBack> rolledBack = RolledBack.in(thrown);
        return rolledBack.isPresent() ? rolledBack.get() : thrown;
    }

    /** Master data is the grid's to say, so PostgreSQL is told again; stock and orders are for the store's opening to mend. */
    private PostgresAhead ahead(DatabaseRefusal refusal) {
        PostgresAhead ahead = new PostgresAhead(refusal, written);
        if (!written.keys().containsKey(GridCaches.INVENTORY.name())) {
            tellDatabaseAgain(ahead);
        }
        return ahead;
    }

    private void tellDatabaseAgain(RuntimeException failure) {
        try {
            Outbox.put(node, written, "in doubt after a failed commit");
        } catch (CacheException | IgniteException outboxFailed) {
            failure.addSuppressed(outboxFailed);
            log.error(
                    "PostgreSQL may differ from the grid in {}, and that could not be noted", written.keys(), failure);
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

    /** Takes over a row that PostgreSQL has already. */
    public <K, V> void adopt(GridCache<K, V> cache, K key, V value) {
        cache.on(node).put(key, value);
    }

    /** Writes a row. */
    public <K, V> void put(GridCache<K, V> cache, K key, V value) {
        remember(cache, key, value);
        cache.on(node).put(key, value);
    }

    /** Writes rows in the order of their keys. */
    public <K extends Comparable<K>, V> void putAll(GridCache<K, V> cache, SortedMap<K, V> rows) {
        rows.forEach((key, value) -> remember(cache, key, value));
        cache.on(node).putAll(rows);
    }

    /** Removes a row. */
    public <K, V> void remove(GridCache<K, V> cache, K key) {
        remember(cache, key, null);
        cache.on(node).remove(key);
    }

    /**
     * Removes a row whose database is not the one that this transaction writes through to; the outbox tells that database
     * afterwards.
     */
    public <K extends CityKey, V> void removeLater(GridCache<K, V> cache, K key) {
        cache.on(node).remove(key);
        WriteSet later = new WriteSet();
        later.put(cache.name(), key, null);
        Outbox.put(node, later, "moved to another city");
    }

    private void remember(GridCache<?, ?> cache, Object key, @Nullable Object value) {
        if (cache.kind() != GridCache.Kind.CITY_GRID_ONLY) {
            written.put(cache.name(), key, value);
        }
    }
}
