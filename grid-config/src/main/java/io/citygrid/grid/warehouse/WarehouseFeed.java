package io.citygrid.grid.warehouse;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.Databases;
import io.citygrid.durability.PgWarehouse;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.outbox.ReplicationLog;
import io.citygrid.grid.outbox.Rounds;
import io.citygrid.grid.warehouse.StoreFacts.Step;
import io.citygrid.model.rollup.RollupPosition;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
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

    private static final String TABLE = "fact_sales";

    private final Ignite node;
    private final Databases databases;
    private final ZoneId zone;
    private final ReplicationLog replicationLog;
    private final Rounds rounds;
    private final Map<StoreKey, Seen> done = new HashMap<>();
    private @Nullable PgWarehouse warehouse;

    /** What a store had when all of it was in the warehouse. */
    private record Seen(long lastOrderNo, long corrections) {}

    /** @param zone in which a business day begins at midnight */
    public WarehouseFeed(Ignite node, Databases databases, ZoneId zone, ReplicationLog replicationLog) {
        this.node = node;
        this.databases = databases;
        this.zone = zone;
        this.replicationLog = replicationLog;
        this.rounds = new Rounds("warehouse-feed-" + node.name(), PAUSE, this::round);
    }

    public void start() {
        rounds.start();
    }

    private boolean round() {
        TreeMap<StoreKey, Seen> behind = behind();
        if (behind.isEmpty()) {
            return true;
        }
        TreeMap<StoreKey, Integer> brought = new TreeMap<>();
        boolean well = true;
        try {
            PgWarehouse open = open();
            StarRows rows = new StarRows(node, zone);
            for (Map.Entry<StoreKey, Seen> store : behind.entrySet()) {
                well &= bring(store.getKey(), store.getValue(), open, rows, brought);
            }
        } catch (DatabaseRefusal later) {
            closeConnection();
            log.debug("the warehouse waits: {}", later.getMessage());
            replicationLog.failed(
                    behind.firstKey().cityFragment(),
                    databases.settings().name(DatabaseSettings.CENTRAL),
                    TABLE,
                    "lines of " + behind.size() + (behind.size() == 1 ? " store" : " stores"),
                    String.valueOf(later.getMessage()));
            well = false;
        }
        say(brought);
        return well;
    }

    private TreeMap<StoreKey, Seen> behind() {
        TreeMap<StoreKey, Seen> behind = new TreeMap<>();
        TreeMap<StoreKey, Seen> own = new TreeMap<>();
        for (Cache.Entry<StoreKey, StoreCounter> counter :
                GridCaches.STORE_COUNTERS.on(node).localEntries(CachePeekMode.PRIMARY)) {
            RollupPosition position = BoundedReads.get(node, GridCaches.ROLLUP_POSITIONS, counter.getKey());
            Seen seen = new Seen(counter.getValue().lastOrderNo(), position == null ? 0 : position.corrections());
            own.put(counter.getKey(), seen);
            if (!seen.equals(done.get(counter.getKey()))) {
                behind.put(counter.getKey(), seen);
            }
        }
        // Another node may go on with a store that left this one.
        done.keySet().retainAll(own.keySet());
        return behind;
    }

    private boolean bring(
            StoreKey store, Seen seen, PgWarehouse open, StarRows rows, TreeMap<StoreKey, Integer> brought) {
        AtomicInteger lines = new AtomicInteger();
        StoreFacts facts = new StoreFacts(node, open, rows, store);
        try {
            for (int i = 0; i < STEPS_MAX; i++) {
                Step step = facts.step(lines::addAndGet);
                if (step == Step.DONE) {
                    done.put(store, seen);
                }
                if (step != Step.MORE) {
                    return true;
                }
            }
            return true;
        } catch (RolledBack | CacheException | IgniteException later) {
            log.debug("{} is brought to the warehouse later", store, later);
            return false;
        } finally {
            if (lines.get() > 0) {
                brought.put(store, lines.get());
            }
        }
    }

    private void say(TreeMap<StoreKey, Integer> brought) {
        if (brought.isEmpty()) {
            return;
        }
        int lines = brought.values().stream().mapToInt(Integer::intValue).sum();
        replicationLog.success(
                brought.firstKey().cityFragment(),
                databases.settings().name(DatabaseSettings.CENTRAL),
                TABLE,
                brought.size() == 1 ? "store " + brought.firstKey().storeId() : brought.size() + " stores",
                (lines == 1 ? "1 line" : lines + " lines") + " delivered");
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
