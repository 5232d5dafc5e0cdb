package io.citygrid.grid.outbox;

import io.citygrid.durability.CityDatabases;
import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseRefusal.Kind;
import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.OutboxTarget;
import io.citygrid.durability.PgWriter;
import io.citygrid.durability.PgWriter.Mode;
import io.citygrid.durability.WriteSet;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.AfterCommit;
import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.Outbox;
import io.citygrid.grid.RolledBack;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.outbox.OutboxEntry;
import io.citygrid.model.outbox.OutboxEntry.Row;
import io.citygrid.model.outbox.OutboxKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what the outbox names to its targets, with the values that the grid has now. Each node drains the fragments of
 * which it is the primary: the rows lie there, several nodes share a city's backlog, and the work follows the data when a node
 * is lost.
 *
 * <p>Entries of committed sales go in batches, without locks: every row carries a version, an older one never replaces a newer
 * one, and an entry is removed only when all its rows were seen at their versions or later. Entries in doubt, and those of rows
 * that can be removed, go one by one under their rows' locks.
 */
public final class OutboxDrainer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutboxDrainer.class);

    /** Rows that one batch writes at most, besides those of its last entry. */
    private static final int ROWS_MAX = 5_000;

    /** A committed entry whose rows are not there after this long is looked at under locks. */
    private static final Duration INCOMPLETE_FOR = GridTransaction.TIMEOUT.multipliedBy(2);

    /** An entry that its target refuses is left alone for this long, so that the others get their turn. */
    private static final Duration REFUSED_WAITS = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration REMOVE_WITHIN = Duration.ofSeconds(5);
    private static final int REFUSED_REMEMBERED_MAX = 10_000;

    private final Ignite node;
    private final PgWriter writer;
    private final Map<String, OutboxTarget> targets = new HashMap<>();
    private final Set<String> unknownTargets = new HashSet<>();
    private final Map<OutboxKey, Instant> refusedUntil = new LinkedHashMap<>();
    private final ReplicationLog replicationLog;
    private final Rounds rounds;
    private volatile boolean refusedAgainNow;
    private final AtomicLong delivered = new AtomicLong();

    public OutboxDrainer(Ignite node, PgWriter writer, ReplicationLog replicationLog) {
        this.node = node;
        this.writer = writer;
        this.replicationLog = replicationLog;
        OutboxTarget postgres = new CityDatabases(writer);
        targets.put(postgres.name(), postgres);
        WriteThrough.of(node).furtherTargets().forEach(target -> targets.put(target.name(), target));
        this.rounds = new Rounds("outbox-drainer-" + node.name(), PAUSE, this::round);
    }

    public void start() {
        rounds.start();
    }

    /** Has a round now, also of what was refused a moment ago; done when it has ended. */
    public Future<?> retryNow() {
        refusedAgainNow = true;
        return rounds.now();
    }

    /** Entries that this node has taken out since it started. */
    public long delivered() {
        return delivered.get();
    }

    /** Where a batch goes. */
    private record Destination(String target, int cityId) {}

    /** Entries for one destination, with the values of their rows. */
    private static final class Batch {
        private final Map<OutboxKey, WriteSet> entries = new LinkedHashMap<>();
        private final WriteSet rows = new WriteSet();

        private int fragment() {
            return entries.keySet().iterator().next().cityFragment();
        }

        private void add(OutboxKey entry, WriteSet values) {
            entries.put(entry, values);
            rows.addNewer(values);
        }
    }

    private boolean round() {
        Outbox.putNotYetPut(node);
        forgetRefusals();
        Map<Destination, Batch> batches = new LinkedHashMap<>();
        Set<Destination> failed = new HashSet<>();
        Map<Integer, Boolean> inCharge = new HashMap<>();
        // One entry after the other: there may be more of them than fit into memory.
        for (Cache.Entry<OutboxKey, OutboxEntry> entry :
                GridCaches.OUTBOX.on(node).localEntries(CachePeekMode.PRIMARY)) {
            OutboxKey key = entry.getKey();
            Destination destination = new Destination(entry.getValue().target(), key.cityId());
            OutboxTarget target = targets.get(destination.target());
            if (target == null && unknownTargets.add(destination.target())) {
                log.error(
                        "outbox entries wait for {}, a target that this node was started without",
                        destination.target());
            }
            if (target != null && target.lost(destination.cityId()) && failed.add(destination)) {
                failed(key.cityFragment(), target, destination, rows(entry.getValue()));
            }
            if (target == null
                    || failed.contains(destination)
                    || !inCharge.computeIfAbsent(destination.cityId(), this::isInCharge)
                    || refusedUntil.containsKey(key)
                    || AfterCommit.of(node).isOnItsWay(key)) {
                continue;
            }
            if (!take(key, entry.getValue(), destination, batches)) {
                failed.add(destination);
            }
            Batch batch = batches.get(destination);
            if (batch != null && (batch.entries.size() >= Rounds.BATCH_MAX || batch.rows.size() >= ROWS_MAX)) {
                batches.remove(destination);
                if (!deliver(target, destination, batch)) {
                    failed.add(destination);
                }
            }
        }
        batches.forEach((destination, batch) -> {
            OutboxTarget target = targets.get(destination.target());
            if (target != null && !failed.contains(destination) && !deliver(target, destination, batch)) {
                failed.add(destination);
            }
        });
        return failed.isEmpty();
    }

    /** Copies of a city that sells on the other side of a cut link are behind what it has written meanwhile. */
    private boolean isInCharge(int cityId) {
        try {
            return cityId == DatabaseSettings.CENTRAL
                    || CityAuthority.ask(node, cityId).holds();
        } catch (RolledBack unknown) {
            return false;
        }
    }

    private void forgetRefusals() {
        if (refusedAgainNow) {
            refusedAgainNow = false;
            refusedUntil.clear();
        }
        refusedUntil.values().removeIf(Instant.now()::isAfter);
    }

    private void failed(int fragment, OutboxTarget target, Destination destination, NamedRows rows) {
        replicationLog.failed(
                fragment,
                target.place(destination.cityId()),
                rows.tables(),
                rows.records(),
                target.whyLost(destination.cityId()));
    }

    private static NamedRows rows(OutboxEntry entry) {
        NamedRows rows = new NamedRows();
        entry.rows().forEach(row -> rows.add(row.table(), row.key()));
        return rows;
    }

    private static NamedRows rows(WriteSet written) {
        NamedRows rows = new NamedRows();
        written.forEach((table, key, value) -> rows.add(table, key));
        return rows;
    }

    /** Adds an entry to its destination's batch, or delivers it at once if it needs locks; answers whether all went well. */
    private boolean take(OutboxKey key, OutboxEntry entry, Destination destination, Map<Destination, Batch> batches) {
        if (entry.committed()) {
            Optional<WriteSet> values = valuesIfComplete(entry);
            if (values.isPresent()) {
                Batch batch = batches.computeIfAbsent(destination, unused -> new Batch());
                batch.add(key, values.get());
                return true;
            }
            if (entry.queuedAt().plus(INCOMPLETE_FOR).isAfter(Instant.now())) {
                // Its transaction is being committed, row by row.
                return true;
            }
        }
        return deliverUnderLocks(key);
    }

    /** The rows' present values; empty if one of them is not there yet at its version. */
    private Optional<WriteSet> valuesIfComplete(OutboxEntry entry) {
        Map<String, TreeMap<Object, Row>> byTable = new TreeMap<>();
        entry.rows().forEach(row -> byTable.computeIfAbsent(row.table(), table -> new TreeMap<>())
                .put(row.key(), row));
        WriteSet values = new WriteSet();
        for (Map.Entry<String, TreeMap<Object, Row>> table : byTable.entrySet()) {
            Map<Object, Object> found =
                    cache(table.getKey()).on(node).getAll(table.getValue().navigableKeySet());
            for (Row row : table.getValue().values()) {
                Object value = found.get(row.key());
                if (value == null || WriteSet.version(row.table(), value) < row.version()) {
                    return Optional.empty();
                }
                values.put(row.table(), row.key(), value);
            }
        }
        return Optional.of(values);
    }

    @SuppressWarnings("unchecked")
    private static GridCache<Object, Object> cache(String table) {
        return (GridCache<Object, Object>) GridCaches.named(table);
    }

    private boolean deliver(OutboxTarget target, Destination destination, Batch batch) {
        try {
            if (target instanceof CityDatabases && !removePhantoms(destination, batch)) {
                return false;
            }
            target.write(batch.rows, destination.cityId(), Mode.KEEP_NEWER);
        } catch (DatabaseRefusal refusal) {
            if (refusal.kind() != Kind.REFUSED) {
                NamedRows rows = rows(batch.rows);
                replicationLog.failed(
                        batch.fragment(),
                        target.place(destination.cityId()),
                        rows.tables(),
                        rows.records(),
                        String.valueOf(refusal.getMessage()));
                return false;
            }
            // One bad row refuses the whole batch: the others are not to wait for it.
            boolean all = true;
            for (OutboxKey entry : batch.entries.keySet()) {
                all &= deliverUnderLocks(entry);
            }
            return all;
        }
        GridCaches.OUTBOX
                .on(node)
                .removeAllAsync(new TreeSet<>(batch.entries.keySet()))
                .get(REMOVE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        delivered(batch.fragment(), target.place(destination.cityId()), batch.entries.size(), rows(batch.rows));
        return true;
    }

    /** Answers whether the batch may be written. If not, what stands in its way is set aside, and the next round goes on. */
    private boolean removePhantoms(Destination destination, Batch batch) {
        for (OrderKey phantom : PhantomOrders.among(batch.rows, writer, destination.cityId())) {
            try {
                PhantomOrders.remove(node, writer, phantom);
            } catch (DatabaseRefusal refusal) {
                if (!refusal.kind().passes()) {
                    log.error("sales of store {} are not delivered: {}", phantom.storeId(), refusal.getMessage());
                    batch.entries.forEach((entry, values) -> setAside(entry, values, phantom));
                }
                return false;
            }
        }
        return true;
    }

    private void setAside(OutboxKey entry, WriteSet values, OrderKey ofStore) {
        values.forEach((table, key, value) -> {
            if (key instanceof OrderKey order && order.storeId() == ofStore.storeId()) {
                leaveAlone(entry);
            }
        });
    }

    private void leaveAlone(OutboxKey entry) {
        if (refusedUntil.size() < REFUSED_REMEMBERED_MAX) {
            refusedUntil.put(entry, Instant.now().plus(REFUSED_WAITS));
        }
    }

    private void delivered(int fragment, String place, int entries, NamedRows rows) {
        delivered.addAndGet(entries);
        replicationLog.success(
                fragment,
                place,
                rows.tables(),
                rows.records(),
                (entries == 1 ? "1 outbox entry" : entries + " outbox entries") + ", " + rows.size() + " rows");
    }

    private boolean deliverUnderLocks(OutboxKey key) {
        try {
            return GridTransaction.run(node, transaction -> deliverUnderLocks(transaction, key));
        } catch (DatabaseRefusal refusal) {
            if (refusal.kind() == Kind.REFUSED) {
                log.error("outbox entry {} is refused: {}", key, refusal.getMessage(), refusal.getCause());
                replicationLog.refused(
                        key.cityFragment(),
                        refusal.database(),
                        "outbox",
                        key.entryId().toString(),
                        String.valueOf(refusal.getMessage()));
                leaveAlone(key);
            }
            return false;
        } catch (RuntimeException later) {
            // One entry that cannot be told now must not keep the others waiting.
            log.debug("outbox entry {} waits", key, later);
            return false;
        }
    }

    /** Holds the rows' locks while the target is told, so that no sale can write them in between. */
    private boolean deliverUnderLocks(GridTransaction transaction, OutboxKey key) {
        OutboxEntry entry = transaction.lock(GridCaches.OUTBOX, key);
        if (entry == null) {
            return true;
        }
        CurrentRows named = new CurrentRows();
        entry.rows().forEach(row -> named.add(row.table(), row.key()));
        WriteSet current = named.lock(transaction);
        OutboxTarget target = targets.get(entry.target());
        if (target == null) {
            return false;
        }
        target.write(current, key.cityId(), Mode.REPLACE);
        delivered(key.cityFragment(), target.place(key.cityId()), 1, rows(entry));
        transaction.remove(GridCaches.OUTBOX, key);
        log.debug(
                "{} was told again of {} rows: {}",
                target.place(key.cityId()),
                entry.rows().size(),
                entry.reason());
        return true;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
