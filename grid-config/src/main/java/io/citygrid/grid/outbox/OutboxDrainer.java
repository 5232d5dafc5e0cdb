package io.citygrid.grid.outbox;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.OutboxTarget;
import io.citygrid.durability.PgWriter;
import io.citygrid.durability.WriteSet;
import io.citygrid.grid.AfterCommit;
import io.citygrid.grid.BackgroundWork;
import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.Outbox;
import io.citygrid.grid.outbox.OutboxBatch.Destination;
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
import java.util.concurrent.Future;
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

    /** A committed entry whose rows are not there after this long is looked at under locks. */
    private static final Duration INCOMPLETE_FOR = GridTransaction.TIMEOUT.multipliedBy(2);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Ignite node;
    private final OutboxDelivery delivery;
    private final SetAside setAside = new SetAside();
    private final Set<String> unknownTargets = new HashSet<>();
    private final Rounds rounds;

    public OutboxDrainer(Ignite node, PgWriter writer, ReplicationLog replicationLog) {
        this.node = node;
        this.delivery = new OutboxDelivery(node, writer, replicationLog, setAside);
        this.rounds = new Rounds("outbox-drainer-" + node.name(), PAUSE, () -> BackgroundWork.of(node)
                .unlessClosed(() -> {}, this::round));
    }

    public void start() {
        rounds.start();
    }

    /** Has a round now, also of what was refused a moment ago; done when it has ended. */
    public Future<?> retryNow() {
        setAside.endNow();
        return rounds.now();
    }

    /** Entries that this node has taken out since it started. */
    public long delivered() {
        return delivery.delivered();
    }

    private boolean round() {
        boolean put = putNotYetPut();
        setAside.forget();
        Map<Destination, OutboxBatch> batches = new LinkedHashMap<>();
        Set<Destination> failed = new HashSet<>();
        Map<Integer, Boolean> inCharge = new HashMap<>();
        // One entry after the other: there may be more of them than fit into memory.
        for (Cache.Entry<OutboxKey, OutboxEntry> entry :
                GridCaches.OUTBOX.on(node).localEntries(CachePeekMode.PRIMARY)) {
            OutboxKey key = entry.getKey();
            Destination destination = new Destination(entry.getValue().target(), key.cityId());
            OutboxTarget target = delivery.target(destination.target());
            if (target == null && unknownTargets.add(destination.target())) {
                log.error(
                        "outbox entries wait for {}, a target that this node was started without",
                        destination.target());
            }
            if (target != null && target.lost(destination.cityId()) && failed.add(destination)) {
                delivery.lost(key, entry.getValue(), target, destination);
            }
            if (target == null
                    || failed.contains(destination)
                    || !inCharge.computeIfAbsent(destination.cityId(), this::isInCharge)
                    || setAside.contains(key)
                    || AfterCommit.of(node).isOnItsWay(key)) {
                continue;
            }
            if (!takeOrSetAside(key, entry.getValue(), destination, batches)) {
                failed.add(destination);
            }
            OutboxBatch batch = batches.get(destination);
            if (batch != null && batch.isFull(delivery.entriesMax(destination))) {
                batches.remove(destination);
                if (!deliver(target, destination, batch)) {
                    failed.add(destination);
                }
            }
        }
        batches.forEach((destination, batch) -> {
            OutboxTarget target = delivery.target(destination.target());
            if (target != null && !failed.contains(destination) && !deliver(target, destination, batch)) {
                failed.add(destination);
            }
        });
        return put && failed.isEmpty();
    }

    /** What waits in memory for one fragment must not keep the entries of all others waiting. */
    private boolean putNotYetPut() {
        try {
            Outbox.putNotYetPut(node);
            return true;
        } catch (RuntimeException later) {
            log.debug("doubts are noted later", later);
            return false;
        }
    }

    /** Answers whether the batch was told; if the grid did not take part, it is told again. */
    private boolean deliver(OutboxTarget target, Destination destination, OutboxBatch batch) {
        try {
            return delivery.deliver(target, destination, batch);
        } catch (RuntimeException later) {
            log.debug("a batch for {} waits", destination, later);
            return false;
        }
    }

    /** Copies of a city that sells on the other side of a cut link are behind what it has written meanwhile. */
    private boolean isInCharge(int cityId) {
        return cityId == DatabaseSettings.CENTRAL || CityAuthority.isHeldBy(node, cityId);
    }

    /** One whose rows cannot be read, because the copies of its fragment are lost, must not keep the others waiting. */
    private boolean takeOrSetAside(
            OutboxKey key, OutboxEntry entry, Destination destination, Map<Destination, OutboxBatch> batches) {
        try {
            return take(key, entry, destination, batches);
        } catch (RuntimeException later) {
            log.debug("outbox entry {} waits", key, later);
            setAside.add(key);
            return true;
        }
    }

    /** Adds an entry to its destination's batch, or delivers it at once if it needs locks; answers whether all went well. */
    private boolean take(
            OutboxKey key, OutboxEntry entry, Destination destination, Map<Destination, OutboxBatch> batches) {
        if (entry.committed()) {
            Optional<WriteSet> values = valuesIfComplete(entry);
            if (values.isPresent()) {
                batches.computeIfAbsent(destination, unused -> new OutboxBatch())
                        .add(key, values.get());
                return true;
            }
            if (entry.queuedAt().plus(INCOMPLETE_FOR).isAfter(Instant.now())) {
                // Its transaction is being committed, row by row.
                return true;
            }
        }
        return delivery.deliverUnderLocks(key);
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

    @Override
    public void close() {
        rounds.close();
    }
}
