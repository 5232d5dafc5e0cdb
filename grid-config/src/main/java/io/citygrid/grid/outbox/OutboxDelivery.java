package io.citygrid.grid.outbox;

import io.citygrid.durability.CityDatabases;
import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseRefusal.Kind;
import io.citygrid.durability.OutboxTarget;
import io.citygrid.durability.PgWriter;
import io.citygrid.durability.PgWriter.Mode;
import io.citygrid.durability.WriteSet;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.outbox.OutboxBatch.Destination;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.outbox.OutboxEntry;
import io.citygrid.model.outbox.OutboxKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells targets of outbox entries, takes those out that were told, and writes the replication log. */
final class OutboxDelivery {
    private static final Logger log = LoggerFactory.getLogger(OutboxDelivery.class);
    private static final Duration REMOVE_WITHIN = Duration.ofSeconds(5);

    private final Ignite node;
    private final PgWriter writer;
    private final ReplicationLog replicationLog;
    private final SetAside setAside;
    private final Map<String, OutboxTarget> targets = new HashMap<>();
    private final Map<Destination, Integer> entriesMax = new HashMap<>();
    private final AtomicLong delivered = new AtomicLong();

    OutboxDelivery(Ignite node, PgWriter writer, ReplicationLog replicationLog, SetAside setAside) {
        this.node = node;
        this.writer = writer;
        this.replicationLog = replicationLog;
        this.setAside = setAside;
        OutboxTarget postgres = new CityDatabases(writer);
        targets.put(postgres.name(), postgres);
        WriteThrough.of(node).furtherTargets().forEach(target -> targets.put(target.name(), target));
    }

    /** The target of that name; {@code null} if this node was started without it. */
    @Nullable
    OutboxTarget target(String name) {
        return targets.get(name);
    }

    /** Entries taken out so far. */
    long delivered() {
        return delivered.get();
    }

    /** How many entries a batch may have: fewer for a while after one was not taken, since it may have been too much at once. */
    int entriesMax(Destination destination) {
        return entriesMax.getOrDefault(destination, Rounds.BATCH_MAX);
    }

    /** Answers whether all of the batch was told. */
    boolean deliver(OutboxTarget target, Destination destination, OutboxBatch batch) {
        try {
            if (target instanceof CityDatabases && !removePhantoms(destination, batch)) {
                return false;
            }
            target.write(batch.rows(), destination.cityId(), Mode.KEEP_NEWER);
        } catch (DatabaseRefusal refusal) {
            if (refusal.kind() != Kind.REFUSED) {
                entriesMax.put(destination, Math.max(1, batch.entries().size() / 2));
                failed(
                        batch.fragment(),
                        target,
                        destination,
                        named(batch.rows()),
                        String.valueOf(refusal.getMessage()));
                return false;
            }
            // One bad row refuses the whole batch: the others are not to wait for it.
            boolean all = true;
            for (OutboxKey entry : batch.entries()) {
                all &= deliverUnderLocks(entry);
            }
            return all;
        }
        GridCaches.OUTBOX
                .on(node)
                .removeAllAsync(new TreeSet<>(batch.entries()))
                .get(REMOVE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        entriesMax.computeIfPresent(destination, (where, max) -> Math.min(Rounds.BATCH_MAX, max * 2));
        delivered(
                batch.fragment(),
                target.place(destination.cityId()),
                batch.entries().size(),
                named(batch.rows()));
        return true;
    }

    /** Answers whether the batch may be written. If not, what stands in its way is set aside, and the next round goes on. */
    private boolean removePhantoms(Destination destination, OutboxBatch batch) {
        for (OrderKey phantom : PhantomOrders.among(batch.rows(), writer, destination.cityId())) {
            try {
                PhantomOrders.remove(node, writer, phantom);
            } catch (DatabaseRefusal refusal) {
                if (!refusal.kind().passes()) {
                    log.error("sales of store {} are not delivered: {}", phantom.storeId(), refusal.getMessage());
                    batch.forEachEntry((entry, values) -> setAsideIfOfStore(entry, values, phantom));
                }
                return false;
            }
        }
        return true;
    }

    private void setAsideIfOfStore(OutboxKey entry, WriteSet values, OrderKey ofStore) {
        values.forEach((table, key, value) -> {
            if (key instanceof OrderKey order && order.storeId() == ofStore.storeId()) {
                setAside.add(entry);
            }
        });
    }

    /**
     * Tells of one entry while its rows cannot change; one that cannot be told now is set aside, so that it keeps no other
     * waiting. Answers whether its target is there for the others.
     */
    boolean deliverUnderLocks(OutboxKey key) {
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
            }
            setAside.add(key);
            return !refusal.kind().passes() || !writer.databases().lost(key.cityId());
        } catch (RuntimeException later) {
            log.debug("outbox entry {} waits", key, later);
            setAside.add(key);
            return true;
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
        delivered(key.cityFragment(), target.place(key.cityId()), 1, named(entry));
        transaction.remove(GridCaches.OUTBOX, key);
        log.debug(
                "{} was told again of {} rows: {}",
                target.place(key.cityId()),
                entry.rows().size(),
                entry.reason());
        return true;
    }

    /** Says that the rows of {@code entry} wait, because its target is out of reach. */
    void lost(OutboxKey key, OutboxEntry entry, OutboxTarget target, Destination destination) {
        failed(key.cityFragment(), target, destination, named(entry), target.whyLost(destination.cityId()));
    }

    private void failed(int fragment, OutboxTarget target, Destination destination, NamedRows rows, String why) {
        replicationLog.failed(fragment, target.place(destination.cityId()), rows.tables(), rows.records(), why);
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

    private static NamedRows named(OutboxEntry entry) {
        NamedRows rows = new NamedRows();
        entry.rows().forEach(row -> rows.add(row.table(), row.key()));
        return rows;
    }

    private static NamedRows named(WriteSet written) {
        NamedRows rows = new NamedRows();
        written.forEach((table, key, value) -> rows.add(table, key));
        return rows;
    }
}
