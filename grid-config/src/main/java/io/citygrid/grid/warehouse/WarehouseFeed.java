package io.citygrid.grid.warehouse;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.Databases;
import io.citygrid.durability.PgWarehouse;
import io.citygrid.grid.BackgroundWork;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.outbox.Lag;
import io.citygrid.grid.outbox.ReplicationLog;
import io.citygrid.grid.outbox.Rounds;
import io.citygrid.grid.outbox.StuckStores;
import io.citygrid.grid.warehouse.StoreFacts.Step;
import io.citygrid.model.rollup.RollupPosition;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cache.CachePeekMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every sold line to the warehouse in the central database, behind the sales and never in their way.
 *
 * <p>A store's receipts are numbered without gaps and never change, so the store's counter says what there is and its position in
 * the warehouse says what has arrived. Facts and position are written together, so whichever node is the primary of the store's
 * fragment goes on from there, and a line is there once whatever dies.
 */
public final class WarehouseFeed implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WarehouseFeed.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Of a store, in one round; other stores wait meanwhile. */
    private static final int STEPS_MAX = 20;

    private static final Duration LOOKED_AT_AGAIN_AFTER = Duration.ofMinutes(1);
    private static final Duration SAID_EVERY = Duration.ofMinutes(1);

    private static final String TABLE = "fact_sales";

    private final Ignite node;
    private final Databases databases;
    private final ZoneId zone;
    private final ReplicationLog replicationLog;
    private final Rounds rounds;
    private final StuckStores stuck = new StuckStores("the warehouse");
    private final Map<StoreKey, Seen> done = new HashMap<>();
    private final Lag lag = new Lag();
    private Instant doneSince = Instant.now();

    /** Lines since the last summary. */
    private final TreeMap<StoreKey, Integer> brought = new TreeMap<>();

    private Instant saidLast = Instant.EPOCH;
    private boolean sayAtOnce;
    private boolean leavesStoresAlone;
    private @Nullable PgWarehouse warehouse;

    /** What a store had when all of it was in the warehouse. */
    private record Seen(long lastOrderNo, long corrections) {}

    /** @param zone in which a business day begins at midnight */
    public WarehouseFeed(Ignite node, Databases databases, ZoneId zone, ReplicationLog replicationLog) {
        this.node = node;
        this.databases = databases;
        this.zone = zone;
        this.replicationLog = replicationLog;
        this.rounds = new Rounds("warehouse-feed-" + node.name(), PAUSE, () -> BackgroundWork.of(node)
                .unlessClosed(done::clear, this::round));
    }

    public void start() {
        rounds.start();
    }

    /** How far the warehouse is behind this node's stores. */
    public Lag lag() {
        return lag;
    }

    private boolean round() {
        long begun = System.nanoTime();
        forgetWhatIsDone();
        TreeMap<StoreKey, Seen> behind = behind();
        boolean well = true;
        if (!behind.isEmpty()) {
            try {
                StarRows rows = new StarRows(node, zone);
                behind.forEach((store, seen) -> bring(store, seen, rows));
            } catch (DatabaseRefusal outage) {
                closeConnection();
                sayAtOnce = true;
                log.debug("the warehouse waits: {}", outage.getMessage());
                sayOutage(behind, String.valueOf(outage.getMessage()));
                well = false;
            }
        }
        if (well && done.keySet().containsAll(behind.keySet()) && !leavesStoresAlone) {
            lag.caughtUp(begun);
        }
        say();
        return well;
    }

    /** Other feeds' successes end what is said of the database as a whole, so of the warehouse alone it is said by itself. */
    private void sayOutage(TreeMap<StoreKey, Seen> behind, String why) {
        int fragment = behind.firstKey().cityFragment();
        if (databases.lost(DatabaseSettings.CENTRAL)) {
            replicationLog.failed(fragment, database(), TABLE, "lines", why);
        } else {
            replicationLog.refused(fragment, database(), TABLE, "lines", why);
        }
    }

    /** Somebody may have set the warehouse back meanwhile, or made it anew. */
    private void forgetWhatIsDone() {
        Instant now = Instant.now();
        if (doneSince.plus(LOOKED_AT_AGAIN_AFTER).isBefore(now)) {
            done.clear();
            doneSince = now;
        }
    }

    private TreeMap<StoreKey, Seen> behind() {
        TreeMap<StoreKey, Seen> behind = new TreeMap<>();
        TreeMap<StoreKey, Seen> own = new TreeMap<>();
        leavesStoresAlone = false;
        for (Cache.Entry<StoreKey, StoreCounter> counter :
                GridCaches.STORE_COUNTERS.on(node).localEntries(CachePeekMode.PRIMARY)) {
            StoreKey store = counter.getKey();
            RollupPosition position = BoundedReads.get(node, GridCaches.ROLLUP_POSITIONS, store);
            Seen seen = new Seen(counter.getValue().lastOrderNo(), position == null ? 0 : position.corrections());
            own.put(store, seen);
            if (!seen.equals(done.get(store))) {
                if (stuck.isLeftAlone(store)) {
                    leavesStoresAlone = true;
                } else {
                    behind.put(store, seen);
                }
            }
        }
        // Another node may go on with a store that left this one.
        done.keySet().retainAll(own.keySet());
        stuck.retain(own.keySet());
        return behind;
    }

    /**
     * What hinders one store must not keep the others waiting.
     *
     * @throws DatabaseRefusal if it hinders all stores alike
     */
    private void bring(StoreKey store, Seen seen, StarRows rows) {
        done.remove(store);
        StoreFacts facts = new StoreFacts(node, open(), rows, store);
        try {
            for (int i = 0; i < STEPS_MAX; i++) {
                Step step = facts.step(lines -> brought.merge(store, lines, Integer::sum));
                if (step == Step.DONE) {
                    done.put(store, seen);
                    stuck.over(store);
                } else if (step == Step.LATER) {
                    stuck.waits(
                            store, "the store is shut, or the next receipt has no lines or others than its total says");
                }
                if (step != Step.MORE) {
                    return;
                }
            }
        } catch (DatabaseRefusal refusal) {
            if (refusal.kind().passes()) {
                throw refusal;
            }
            replicationLog.refused(
                    store.cityFragment(),
                    database(),
                    TABLE,
                    "store " + store.storeId(),
                    String.valueOf(refusal.getMessage()));
            stuck.failed(store, refusal);
        } catch (RolledBack | CacheException | IgniteException later) {
            stuck.failed(store, later);
        }
    }

    /** At once after an outage, else a summary a minute: lines come all day long. */
    private void say() {
        Instant now = Instant.now();
        if (brought.isEmpty() || (!sayAtOnce && saidLast.plus(SAID_EVERY).isAfter(now))) {
            return;
        }
        int lines = brought.values().stream().mapToInt(Integer::intValue).sum();
        replicationLog.success(
                brought.firstKey().cityFragment(),
                database(),
                TABLE,
                brought.size() == 1 ? "store " + brought.firstKey().storeId() : brought.size() + " stores",
                (lines == 1 ? "1 line" : lines + " lines") + " delivered");
        brought.clear();
        sayAtOnce = false;
        saidLast = now;
    }

    private String database() {
        return databases.settings().name(DatabaseSettings.CENTRAL);
    }

    private PgWarehouse open() {
        PgWarehouse open = warehouse;
        if (open == null) {
            open = PgWarehouse.open(databases);
            warehouse = open;
        }
        return open;
    }

    private void closeConnection() {
        PgWarehouse open = warehouse;
        warehouse = null;
        // What was done on a connection that broke may be undone.
        done.clear();
        if (open != null) {
            open.close();
        }
    }

    /** Ends after the round that is under way. */
    @Override
    public void close() {
        rounds.close();
        closeConnection();
    }
}
