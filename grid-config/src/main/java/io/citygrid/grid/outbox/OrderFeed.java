package io.citygrid.grid.outbox;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.PgWriter;
import io.citygrid.durability.PgWriter.Mode;
import io.citygrid.durability.WriteSet;
import io.citygrid.grid.BackgroundWork;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.model.Versioned;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the central database which receipt each order id became, behind the sales and never in their way.
 *
 * <p>A store's receipts are numbered without gaps and never change, so the store's counter says what there is and the highest
 * number in the central database says what has arrived: a sale writes nothing for it, and whichever node is the primary of the
 * store's fragment goes on from there. All stores of a node share a batch, about one a second, so that the replication log tells
 * of batches worth reading.
 */
public final class OrderFeed implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OrderFeed.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int BATCHES_MAX = 20;

    private final Ignite node;
    private final PgWriter writer;
    private final ReplicationLog replicationLog;
    private final Rounds rounds;
    private final Map<StoreKey, Long> arrived = new HashMap<>();
    private final AtomicLong delivered = new AtomicLong();
    private boolean asked;
    private volatile long waiting;
    private final Lag lag = new Lag();

    public OrderFeed(Ignite node, PgWriter writer, ReplicationLog replicationLog) {
        this.node = node;
        this.writer = writer;
        this.replicationLog = replicationLog;
        this.rounds = new Rounds("order-feed-" + node.name(), PAUSE, () -> BackgroundWork.of(node)
                .unlessClosed(arrived::clear, this::round));
    }

    public void start() {
        rounds.start();
    }

    /** Has a round now; done when it has ended. */
    public Future<?> retryNow() {
        return rounds.now();
    }

    /**
     * Orders of this node's stores that the central database had not confirmed a moment ago. After the node's start and until
     * the central database has answered once, that is all of them.
     */
    public long waiting() {
        return waiting;
    }

    /** Orders that this node has told the central database since it started. */
    public long delivered() {
        return delivered.get();
    }

    /** How far the central database is behind this node's stores. */
    public Lag lag() {
        return lag;
    }

    private boolean round() {
        long begun = System.nanoTime();
        TreeMap<StoreKey, Long> last = new TreeMap<>();
        for (Cache.Entry<StoreKey, StoreCounter> counter :
                GridCaches.STORE_COUNTERS.on(node).localEntries(CachePeekMode.PRIMARY)) {
            last.put(counter.getKey(), counter.getValue().lastOrderNo());
        }
        // Another node may have gone on with a store that left this one.
        arrived.keySet().retainAll(last.keySet());
        waiting = behind(last);
        TreeMap<OrderKey, Order> batch = new TreeMap<>();
        try {
            boolean askedAnew = ask(last.keySet());
            if (askedAnew && behind(last) == 0) {
                replicationLog.reached(database());
            }
            for (int i = 0; i < BATCHES_MAX && behind(last) > 0; i++) {
                batch = next(last);
                if (batch.isEmpty()) {
                    return false;
                }
                tell(batch);
                waiting = behind(last);
            }
            waiting = behind(last);
            if (waiting == 0) {
                lag.caughtUp(begun);
            }
            return true;
        } catch (DatabaseRefusal | SQLException later) {
            failed(last, batch, later);
            return false;
        }
    }

    private long behind(Map<StoreKey, Long> last) {
        return last.entrySet().stream()
                .mapToLong(store -> Math.max(0, store.getValue() - arrived.getOrDefault(store.getKey(), 0L)))
                .sum();
    }

    /** Finds out what has arrived of stores that are new here, and of all after a failure; answers whether it had to. */
    private boolean ask(Set<StoreKey> stores) throws SQLException {
        boolean anew = false;
        for (StoreKey store : stores) {
            if (!asked || !arrived.containsKey(store)) {
                arrived.put(store, highestArrived(store));
                anew = true;
            }
        }
        asked = true;
        return anew;
    }

    /** The next orders of all stores; of each as many as can be read without a gap. */
    private TreeMap<OrderKey, Order> next(TreeMap<StoreKey, Long> last) {
        TreeSet<OrderKey> keys = new TreeSet<>();
        last.forEach((store, until) -> {
            long from = arrived.getOrDefault(store, 0L);
            for (long no = from + 1; no <= until && keys.size() < Rounds.BATCH_MAX; no++) {
                keys.add(new OrderKey(store.cityId(), store.storeId(), no));
            }
        });
        // The rows of a sale that is being committed become visible one by one.
        Map<OrderKey, Order> visible = BoundedReads.getAll(node, GridCaches.ORDERS, keys);
        TreeMap<OrderKey, Order> batch = new TreeMap<>();
        Map<StoreKey, Long> position = new HashMap<>(arrived);
        for (OrderKey key : keys) {
            StoreKey store = store(key);
            Order order = visible.get(key);
            if (order != null && key.orderNo() == position.getOrDefault(store, 0L) + 1) {
                batch.put(key, order);
                position.put(store, key.orderNo());
            }
        }
        return batch;
    }

    private void tell(TreeMap<OrderKey, Order> batch) {
        WriteSet rows = new WriteSet();
        batch.forEach((key, order) -> rows.put(
                GridCaches.ORDER_MAPPING.name(),
                new OrderMappingKey(key.cityId(), key.storeId(), order.orderId()),
                new OrderMapping(
                        key.storeId(), key.orderNo(), order.customerId(), order.orderedAt(), Versioned.FIRST)));
        writer.write(rows, DatabaseSettings.CENTRAL, Mode.KEEP_NEWER);
        batch.keySet().forEach(key -> arrived.put(store(key), key.orderNo()));
        delivered.addAndGet(batch.size());
        replicationLog.success(
                batch.firstKey().cityFragment(),
                database(),
                GridCaches.ORDER_MAPPING.name(),
                OrderRanges.words(batch.navigableKeySet()),
                (batch.size() == 1 ? "1 order" : batch.size() + " orders") + " delivered");
    }

    private void failed(TreeMap<StoreKey, Long> last, TreeMap<OrderKey, Order> batch, Exception later) {
        asked = false;
        log.debug("the central database waits: {}", later.getMessage());
        replicationLog.failed(
                last.firstKey().cityFragment(),
                database(),
                GridCaches.ORDER_MAPPING.name(),
                batch.isEmpty() ? waiting + " orders" : OrderRanges.words(batch.navigableKeySet()),
                Failures.words(writer.databases(), DatabaseSettings.CENTRAL, later));
    }

    private String database() {
        return writer.databases().settings().name(DatabaseSettings.CENTRAL);
    }

    private static StoreKey store(OrderKey key) {
        return new StoreKey(key.cityId(), key.storeId());
    }

    private long highestArrived(StoreKey store) throws SQLException {
        try (Connection connection = writer.databases().connect(DatabaseSettings.CENTRAL);
                PreparedStatement highest = connection.prepareStatement(
                        "SELECT coalesce(max(order_no), 0) FROM order_mapping WHERE city_fragment = ? AND store_id = ?")) {
            highest.setInt(1, store.cityFragment());
            highest.setInt(2, store.storeId());
            try (ResultSet row = highest.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void close() {
        rounds.close();
    }
}
