package io.citygrid.grid.outbox;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.PgWriter;
import io.citygrid.durability.PgWriter.Mode;
import io.citygrid.durability.WriteSet;
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
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
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
 * store's fragment goes on from there.
 */
public final class OrderFeed implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OrderFeed.class);

    private final Ignite node;
    private final PgWriter writer;
    private final Rounds rounds;
    private final Map<StoreKey, Long> arrived = new HashMap<>();

    public OrderFeed(Ignite node, PgWriter writer) {
        this.node = node;
        this.writer = writer;
        this.rounds = new Rounds("order-feed-" + node.name(), this::round);
    }

    public void start() {
        rounds.start();
    }

    private boolean round() {
        Map<StoreKey, Long> mine = new TreeMap<>();
        for (Cache.Entry<StoreKey, StoreCounter> counter :
                GridCaches.STORE_COUNTERS.on(node).localEntries(CachePeekMode.PRIMARY)) {
            mine.put(counter.getKey(), counter.getValue().lastOrderNo());
        }
        // Another node may have gone on with a store that left this one.
        arrived.keySet().retainAll(mine.keySet());
        boolean all = true;
        for (Map.Entry<StoreKey, Long> store : mine.entrySet()) {
            try {
                all &= feed(store.getKey(), store.getValue());
            } catch (DatabaseRefusal | SQLException later) {
                log.debug("the central database waits for {}: {}", store.getKey(), later.getMessage());
                arrived.remove(store.getKey());
                return false;
            }
        }
        return all;
    }

    private boolean feed(StoreKey store, long last) throws SQLException {
        Long known = arrived.get(store);
        long position = known != null ? known : highestArrived(store);
        while (position < last) {
            long until = Math.min(last, position + Rounds.BATCH_MAX);
            TreeSet<OrderKey> keys = new TreeSet<>();
            for (long no = position + 1; no <= until; no++) {
                keys.add(new OrderKey(store.cityId(), store.storeId(), no));
            }
            Map<OrderKey, Order> orders = GridCaches.ORDERS.on(node).getAll(keys);
            if (orders.size() < keys.size()) {
                return false;
            }
            WriteSet rows = new WriteSet();
            orders.forEach((key, order) -> rows.put(
                    GridCaches.ORDER_MAPPING.name(),
                    new OrderMappingKey(key.cityId(), key.storeId(), order.orderId()),
                    new OrderMapping(
                            key.storeId(), key.orderNo(), order.customerId(), order.orderedAt(), Versioned.FIRST)));
            writer.write(rows, DatabaseSettings.CENTRAL, Mode.KEEP_NEWER);
            position = until;
            arrived.put(store, position);
        }
        arrived.put(store, position);
        return true;
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
