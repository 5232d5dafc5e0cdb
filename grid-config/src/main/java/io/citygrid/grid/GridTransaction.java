package io.citygrid.grid;

import io.citygrid.durability.CityDatabases;
import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseRefusal.Kind;
import io.citygrid.durability.OutboxTarget;
import io.citygrid.durability.WriteSet;
import io.citygrid.durability.WriteThrough;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.model.CityKey;
import io.citygrid.model.order.Durability;
import io.citygrid.model.outbox.OutboxKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Function;
import org.apache.ignite.Ignite;
import org.apache.ignite.transactions.Transaction;
import org.apache.ignite.transactions.TransactionConcurrency;
import org.apache.ignite.transactions.TransactionIsolation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that opens grid transactions: PESSIMISTIC (a read locks), REPEATABLE_READ, and with a time limit.
 *
 * <p>It remembers the rows that are written. Either PostgreSQL commits them first, under the transaction's locks, or the
 * transaction carries an outbox entry that names them, and PostgreSQL follows: when its database is out of reach, when it does
 * not answer in time, or because the operator chose so. Only what PostgreSQL has against the rows themselves rolls back.
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

    /** Rows that PostgreSQL has, or is told of in another way; further targets know nothing of them. */
    private final WriteSet forOthers = new WriteSet();

    private UUID entryId = UUID.randomUUID();
    private Phase phase = Phase.WORKING;
    private @Nullable OutboxKey deferred;

    /** How far a transaction has come. */
    private enum Phase {
        WORKING,
        WRITING_THROUGH,
        COMMITTING
    }

    /**
     * What a transaction that has committed answers.
     *
     * @param durability how far its rows have come into PostgreSQL
     */
    public record Committed<T>(T result, Durability durability) {}

    private GridTransaction(Ignite node) {
        this.node = node;
    }

    /**
     * Runs {@code work} and commits what it wrote; with an exception nothing is written.
     *
     * @throws DatabaseRefusal if PostgreSQL refused the rows
     * @throws RolledBack if the grid rolled back: a lock not had in time, a deadlock, a node that left
     */
    public static <T> T run(Ignite node, Function<GridTransaction, T> work) {
        return commit(node, work).result();
    }

    /** As {@link #run}, for whoever wants to know whether PostgreSQL has the rows already. */
    public static <T> Committed<T> commit(Ignite node, Function<GridTransaction, T> work) {
        GridTransaction own = new GridTransaction(node);
        T result;
        try (Transaction transaction = node.transactions()
                .txStart(
                        TransactionConcurrency.PESSIMISTIC,
                        TransactionIsolation.REPEATABLE_READ,
                        TIMEOUT.toMillis(),
                        0)) {
            result = work.apply(own);
            own.phase = Phase.WRITING_THROUGH;
            own.writeThrough();
            own.phase = Phase.COMMITTING;
            transaction.commit();
        } catch (RuntimeException thrown) {
            throw own.failed(thrown);
        }
        return new Committed<>(result, own.durability());
    }

    private void writeThrough() {
        WriteThrough through = WriteThrough.of(node);
        for (OutboxTarget target : through.furtherTargets()) {
            forOthers.addNewer(written);
            if (!forOthers.isEmpty()) {
                Outbox.put(node, target.name(), entryId, forOthers, "every change");
            }
        }
        if (written.isEmpty()) {
            return;
        }
        Optional<String> reason = through.reasonToDefer(written);
        if (reason.isPresent()) {
            defer(reason.get());
            return;
        }
        try {
            through.write(written);
        } catch (DatabaseRefusal refusal) {
            if (!refusal.kind().passes()) {
                throw refusal;
            }
            // If PostgreSQL has committed nevertheless, it has what the grid is about to commit.
            if (refusal.kind() == Kind.IN_DOUBT) {
                phase = Phase.COMMITTING;
            }
            log.debug("queued instead of written through: {}", refusal.getMessage());
            defer(String.valueOf(refusal.getMessage()));
        }
    }

    private void defer(String reason) {
        deferred = Outbox.put(node, CityDatabases.NAME, entryId, written, reason);
    }

    /** Called when the grid has committed and the locks are free. */
    private Durability durability() {
        OutboxKey entry = deferred;
        if (entry == null) {
            return Durability.WRITTEN_THROUGH;
        }
        boolean wait = WriteThrough.of(node).mode() == WriteThroughMode.AFTER_COMMIT && written.isNeverRemoved();
        return wait && AfterCommit.of(node).write(entry, written) ? Durability.WRITTEN_THROUGH : Durability.QUEUED;
    }

    /** Called when the transaction is rolled back and its locks are free. */
    private RuntimeException failed(RuntimeException thrown) {
        // After a commit that failed nobody knows yet what the grid holds, and PostgreSQL may have committed before.
        if (phase == Phase.COMMITTING && !written.isEmpty()) {
            Outbox.putDoubtfulOrLater(node, written, "in doubt after a failed commit", thrown);
        }
        if (thrown instanceof DatabaseRefusal refusal) {
            return refusal.kind() == Kind.AHEAD ? ahead(refusal) : refusal;
        }
        return RolledBack.in(thrown, phase == Phase.COMMITTING && !written.isEmpty())
                .map(RuntimeException.class::cast)
                .orElse(thrown);
    }

    /** Master data is the grid's to say, so PostgreSQL is told again; stock and orders are for the store's opening to mend. */
    private PostgresAhead ahead(DatabaseRefusal refusal) {
        PostgresAhead ahead = new PostgresAhead(refusal, written);
        if (!written.keys().containsKey(GridCaches.INVENTORY.name())) {
            Outbox.putDoubtfulOrLater(node, written, "PostgreSQL was ahead", ahead);
        }
        return ahead;
    }

    /** Gives the transaction's outbox entry, if it comes to one, an id by which it can be found. */
    public void nameEntry(UUID id) {
        entryId = id;
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
        forOthers.put(cache.name(), key, value);
        cache.on(node).put(key, value);
    }

    /** Takes over rows that PostgreSQL has already, in the order of their keys. */
    public <K extends Comparable<K>, V> void adoptAll(GridCache<K, V> cache, SortedMap<K, V> rows) {
        if (!rows.isEmpty()) {
            rows.forEach((key, value) -> forOthers.put(cache.name(), key, value));
            cache.on(node).putAll(rows);
        }
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
        forOthers.put(cache.name(), key, null);
        WriteSet later = new WriteSet();
        later.put(cache.name(), key, null);
        Outbox.putDoubtful(node, later, "moved to another city");
    }

    private void remember(GridCache<?, ?> cache, Object key, @Nullable Object value) {
        if (cache.kind().inPostgres()) {
            written.put(cache.name(), key, value);
        }
    }
}
