package io.citygrid.grid;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseRefusal.Kind;
import io.citygrid.durability.OutboxTarget;
import io.citygrid.durability.WriteSet;
import io.citygrid.durability.WriteThrough;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.metrics.NodeMeters;
import io.citygrid.model.CityKey;
import io.citygrid.model.order.Durability;
import io.citygrid.model.outbox.OutboxKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
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

    /**
     * What is put when the work is done, in one call for each cache: every call costs, and of a row that is written more than once
     * the last value counts.
     */
    private final Map<GridCache<?, ?>, TreeMap<Object, Object>> toPut = new LinkedHashMap<>();

    /** Rows that share an outbox entry, if it comes to one. */
    private final Map<UUID, WriteSet> byEntry = new LinkedHashMap<>();

    private UUID entryId = UUID.randomUUID();
    private Phase phase = Phase.WORKING;
    private Set<OutboxKey> deferred = Set.of();
    private long lockNanos;

    /** How far a transaction has come. */
    private enum Phase {
        WORKING,
        WRITING_THROUGH,
        COMMITTING
    }

    /** What a transaction that has committed answers. */
    public static final class Committed<T> {
        private final T result;
        private final Supplier<Durability> durability;

        private Committed(T result, Supplier<Durability> durability) {
            this.result = result;
            this.durability = durability;
        }

        /** What the work returned. */
        public T result() {
            return result;
        }

        /** How far its rows have come into PostgreSQL; if they are on their way, waits for them a moment. */
        public Durability durability() {
            return durability.get();
        }
    }

    private GridTransaction(Ignite node) {
        this.node = node;
    }

    /**
     * Runs {@code work} and commits what it wrote; with an exception nothing is written.
     *
     * @throws DatabaseRefusal if PostgreSQL refused the rows
     * @throws RolledBack if the grid rolled back: a lock not had in time, a deadlock, a node that left, the grid closed
     */
    public static <T> T run(Ignite node, Function<GridTransaction, T> work) {
        Committed<T> committed = commit(node, work);
        committed.durability();
        return committed.result();
    }

    /** As {@link #run}, for whoever wants to know whether PostgreSQL has the rows already, and waits for that by himself. */
    public static <T> Committed<T> commit(Ignite node, Function<GridTransaction, T> work) {
        Closing.require(node);
        GridTransaction own = new GridTransaction(node);
        NodeMeters meters = NodeMeters.of(node);
        long begun = System.nanoTime();
        T result;
        try (Transaction transaction = node.transactions()
                .txStart(
                        TransactionConcurrency.PESSIMISTIC,
                        TransactionIsolation.REPEATABLE_READ,
                        TIMEOUT.toMillis(),
                        0)) {
            result = work.apply(own);
            // Whoever closes the grid waits for the transactions that come past here.
            Closing.require(node);
            own.phase = Phase.WRITING_THROUGH;
            own.putAll();
            own.writeThrough();
            own.phase = Phase.COMMITTING;
            transaction.commit();
        } catch (RuntimeException thrown) {
            RuntimeException failure = own.failed(thrown);
            meters.rolledBack(System.nanoTime() - begun, own.lockNanos, failure);
            throw failure;
        }
        meters.committed(System.nanoTime() - begun, own.lockNanos);
        return new Committed<>(result, own.durability());
    }

    private void writeThrough() {
        WriteThrough through = WriteThrough.of(node);
        for (OutboxTarget target : through.furtherTargets()) {
            forOthers.addNewer(written);
            forOthers.byFragment().forEach(rows -> Outbox.put(node, target.name(), entryId, rows, "every change"));
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
        deferred = Outbox.putAll(node, byEntry, reason);
    }

    /** Called when the grid has committed and the locks are free; sends the rows on their way. */
    private Supplier<Durability> durability() {
        if (deferred.isEmpty()) {
            return () -> Durability.WRITTEN_THROUGH;
        }
        if (WriteThrough.of(node).mode() != WriteThroughMode.AFTER_COMMIT || !written.isNeverRemoved()) {
            return () -> Durability.QUEUED;
        }
        BooleanSupplier arrived = AfterCommit.of(node).write(deferred, written);
        return () -> arrived.getAsBoolean() ? Durability.WRITTEN_THROUGH : Durability.QUEUED;
    }

    /** Called when the transaction is rolled back and its locks are free. */
    private RuntimeException failed(RuntimeException thrown) {
        // After a commit that failed nobody knows yet what the grid holds, and PostgreSQL may have committed before.
        if (phase == Phase.COMMITTING && !written.isEmpty()) {
            for (WriteSet rows : written.byFragment()) {
                Outbox.putDoubtfulOrLater(node, rows, "in doubt after a failed commit", thrown);
            }
        }
        if (thrown instanceof DatabaseRefusal refusal) {
            return refusal.kind() == Kind.AHEAD ? ahead(refusal) : refusal;
        }
        return phase == Phase.COMMITTING && !written.isEmpty()
                ? RolledBack.inDoubt(thrown)
                : RolledBack.in(thrown).map(RuntimeException.class::cast).orElse(thrown);
    }

    /** Master data is the grid's to say, so PostgreSQL is told again; stock and orders are for the store's opening to mend. */
    private PostgresAhead ahead(DatabaseRefusal refusal) {
        PostgresAhead ahead = new PostgresAhead(refusal, written);
        if (!written.keys().containsKey(GridCaches.INVENTORY.name())) {
            for (WriteSet rows : written.byFragment()) {
                Outbox.putDoubtfulOrLater(node, rows, "PostgreSQL was ahead", ahead);
            }
        }
        return ahead;
    }

    /** What is written from here on shares an outbox entry, if it comes to one, that can be found by this id. */
    public void nameEntry(UUID id) {
        entryId = id;
    }

    /** The row, locked until the end of the transaction, whether it exists or not. */
    public <K, V> @Nullable V lock(GridCache<K, V> cache, K key) {
        V locked = locking(() -> cache.on(node).get(key));
        V own = own(cache, key);
        return own != null ? own : locked;
    }

    private <T extends @Nullable Object> T locking(Supplier<T> read) {
        long begun = System.nanoTime();
        try {
            return read.get();
        } finally {
            lockNanos += System.nanoTime() - begun;
        }
    }

    private <K, V> @Nullable V own(GridCache<K, V> cache, K key) {
        TreeMap<Object, Object> rows = toPut.get(cache);
        return rows == null ? null : cache.valueType().cast(rows.get(key));
    }

    /** The rows that exist, all locked in the order of their keys, so that two transactions never wait for each other. */
    public <K extends Comparable<K>, V> Map<K, V> lockAll(GridCache<K, V> cache, SortedSet<K> keys) {
        Map<K, V> found = locking(() -> cache.on(node).getAll(keys));
        if (!toPut.containsKey(cache)) {
            return found;
        }
        Map<K, V> withOwn = new HashMap<>(found);
        for (K key : keys) {
            V own = own(cache, key);
            if (own != null) {
                withOwn.put(key, own);
            }
        }
        return withOwn;
    }

    /** Takes over a row that PostgreSQL has already. */
    public <K, V> void adopt(GridCache<K, V> cache, K key, V value) {
        forOthers.put(cache.name(), key, value);
        putLater(cache, key, value);
    }

    /** Takes over rows that PostgreSQL has already. */
    public <K extends Comparable<K>, V> void adoptAll(GridCache<K, V> cache, SortedMap<K, V> rows) {
        rows.forEach((key, value) -> adopt(cache, key, value));
    }

    /** Writes a row. */
    public <K, V> void put(GridCache<K, V> cache, K key, V value) {
        remember(cache, key, value);
        putLater(cache, key, value);
    }

    /** Writes rows. */
    public <K extends Comparable<K>, V> void putAll(GridCache<K, V> cache, SortedMap<K, V> rows) {
        rows.forEach((key, value) -> put(cache, key, value));
    }

    private void putLater(GridCache<?, ?> cache, Object key, Object value) {
        toPut.computeIfAbsent(cache, unused -> new TreeMap<>()).put(key, value);
    }

    /** In the order of their keys, so that two transactions never wait for each other. */
    @SuppressWarnings("unchecked")
    private void putAll() {
        toPut.forEach(
                (cache, rows) -> ((GridCache<Object, Object>) cache).on(node).putAll(rows));
    }

    /** Removes a row. */
    public <K, V> void remove(GridCache<K, V> cache, K key) {
        remember(cache, key, null);
        forget(cache, key);
        cache.on(node).remove(key);
    }

    /** Removes a row that PostgreSQL does not have either. */
    public <K, V> void discard(GridCache<K, V> cache, K key) {
        forOthers.put(cache.name(), key, null);
        forget(cache, key);
        cache.on(node).remove(key);
    }

    private void forget(GridCache<?, ?> cache, Object key) {
        TreeMap<Object, Object> rows = toPut.get(cache);
        if (rows != null) {
            rows.remove(key);
        }
    }

    /**
     * Removes a row whose database is not the one that this transaction writes through to; the outbox tells that database
     * afterwards.
     */
    public <K extends CityKey, V> void removeLater(GridCache<K, V> cache, K key) {
        forget(cache, key);
        cache.on(node).remove(key);
        forOthers.put(cache.name(), key, null);
        WriteSet later = new WriteSet();
        later.put(cache.name(), key, null);
        Outbox.putDoubtful(node, later, "moved to another city");
    }

    private void remember(GridCache<?, ?> cache, Object key, @Nullable Object value) {
        if (cache.kind().inPostgres()) {
            written.put(cache.name(), key, value);
            byEntry.computeIfAbsent(entryId, unused -> new WriteSet()).put(cache.name(), key, value);
        }
    }
}
