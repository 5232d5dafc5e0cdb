package io.citygrid.grid.outbox;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.WriteSet;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.Outbox;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.order.PaymentKey;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ignite.Ignite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a store for sales again after nodes came or went. A node that dies between PostgreSQL's commit and the grid's leaves an
 * order in PostgreSQL that the grid does not have and nobody was told of. Before the store's next sale, what PostgreSQL has
 * beyond the store's last receipt goes to the outbox, which takes it back.
 */
public final class StoreOpening {
    private static final Logger log = LoggerFactory.getLogger(StoreOpening.class);

    private static final String BEYOND =
            """
            SELECT o.order_no, o.order_id, i.line_no, i.product_id
            FROM orders o
            LEFT JOIN order_items i USING (city_fragment, store_id, order_no)
            WHERE o.city_fragment = ? AND o.store_id = ? AND o.order_no > ?
            """;

    private final Ignite node;

    /** The version of the topology in which a store was opened last. */
    private final Map<StoreKey, Long> openedIn = new ConcurrentHashMap<>();

    private StoreOpening(Ignite node) {
        this.node = node;
    }

    /** That of {@code node}, which remembers what it opened for as long as it lives. */
    public static StoreOpening of(Ignite node) {
        return node.cluster()
                .<String, StoreOpening>nodeLocalMap()
                .computeIfAbsent(StoreOpening.class.getName(), unused -> new StoreOpening(node));
    }

    /**
     * Returns at once while the topology is the one in which the store was opened.
     *
     * @throws DatabaseRefusal if the store's database cannot be looked at
     */
    public void ensureOpen(StoreKey store) {
        long topology = node.cluster().topologyVersion();
        Long opened = openedIn.get(store);
        if (opened == null || opened != topology) {
            open(store);
            openedIn.put(store, topology);
        }
    }

    private void open(StoreKey store) {
        WriteThrough writeThrough = WriteThrough.of(node);
        // The lock waits for a sale that is under way, also for one that the grid is finishing for a dead node.
        WriteSet beyond = GridTransaction.run(node, transaction -> {
            StoreCounter counter = transaction.lock(GridCaches.STORE_COUNTERS, store);
            return beyond(writeThrough, store, counter == null ? 0 : counter.lastOrderNo());
        });
        if (!beyond.isEmpty()) {
            log.warn(
                    "PostgreSQL has orders of {} that the grid lacks, left by a node that died: taking them back",
                    store);
            Outbox.put(node, beyond, "left by a node that died");
        }
    }

    /** Every row that the orders after {@code last} touched. */
    private static WriteSet beyond(WriteThrough writeThrough, StoreKey store, long last) {
        WriteSet rows = new WriteSet();
        try (Connection connection = writeThrough.databases().connect(store.cityId());
                PreparedStatement query = connection.prepareStatement(BEYOND)) {
            query.setInt(1, store.cityFragment());
            query.setInt(2, store.storeId());
            query.setLong(3, last);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    addOrder(rows, store, found.getLong(1), found.getObject(2, UUID.class));
                    addLine(rows, store, found.getLong(1), found.getInt(3), found.getInt(4));
                }
            }
        } catch (SQLException unreachable) {
            throw DatabaseRefusal.unreachable(
                    writeThrough.databases().settings().name(store.cityId()), unreachable);
        }
        return rows;
    }

    private static void addOrder(WriteSet rows, StoreKey store, long orderNo, UUID orderId) {
        int city = store.cityId();
        rows.put(GridCaches.ORDERS.name(), new OrderKey(city, store.storeId(), orderNo), null);
        rows.put(GridCaches.PAYMENTS.name(), new PaymentKey(city, store.storeId(), orderNo, 1), null);
        rows.put(GridCaches.ORDER_MAPPING.name(), new OrderMappingKey(city, store.storeId(), orderId), null);
        rows.put(GridCaches.STORE_COUNTERS.name(), store, null);
    }

    /** @param lineNo 0 if the order has no lines */
    private static void addLine(WriteSet rows, StoreKey store, long orderNo, int lineNo, int productId) {
        if (lineNo > 0) {
            int city = store.cityId();
            rows.put(GridCaches.ORDER_ITEMS.name(), new OrderItemKey(city, store.storeId(), orderNo, lineNo), null);
            rows.put(GridCaches.INVENTORY.name(), new InventoryKey(city, store.storeId(), productId), null);
        }
    }
}
