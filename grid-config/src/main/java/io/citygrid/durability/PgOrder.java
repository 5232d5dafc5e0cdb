package io.citygrid.durability;

import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderItem;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.Payment;
import io.citygrid.model.order.PaymentKey;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An order as PostgreSQL has it, with all that its sale wrote.
 *
 * @param counter of the store, and {@code stock} of the order's products, as they were after the sale
 */
public record PgOrder(
        OrderKey key,
        Order order,
        TreeMap<OrderItemKey, OrderItem> items,
        TreeMap<PaymentKey, Payment> payments,
        StoreCounter counter,
        TreeMap<InventoryKey, Inventory> stock) {

    /** What the rows of an order have in common, in every table that has some. */
    public static final List<String> BY_ORDER = List.of(PgRow.FRAGMENT, "store_id", "order_no");

    /** The highest receipt number of {@code store}; 0 if there is none. Waits for a sale that is being committed. */
    public static long lastNumber(Connection connection, StoreKey store) throws SQLException {
        try (PreparedStatement counter = connection.prepareStatement(
                        "SELECT 1 FROM store_counters WHERE city_fragment = ? AND store_id = ? FOR UPDATE");
                PreparedStatement orders = connection.prepareStatement(
                        "SELECT coalesce(max(order_no), 0) FROM orders WHERE city_fragment = ? AND store_id = ?")) {
            bind(counter, store);
            counter.execute();
            bind(orders, store);
            try (ResultSet highest = orders.executeQuery()) {
                highest.next();
                return highest.getLong(1);
            }
        }
    }

    /** Reads the order; empty if it is not there. */
    public static Optional<PgOrder> read(Connection connection, OrderKey key) throws SQLException {
        StoreKey store = new StoreKey(key.cityId(), key.storeId());
        Order order = PgTables.ORDERS.withKeys(connection, List.of(key)).get(key);
        StoreCounter counter =
                PgTables.STORE_COUNTERS.withKeys(connection, List.of(store)).get(store);
        if (order == null || counter == null) {
            return Optional.empty();
        }
        List<List<Object>> ofOrder = List.of(List.of(key.cityFragment(), key.storeId(), key.orderNo()));
        Map<OrderItemKey, OrderItem> items = PgTables.ORDER_ITEMS.where(connection, BY_ORDER, ofOrder);
        Map<PaymentKey, Payment> payments = PgTables.PAYMENTS.where(connection, BY_ORDER, ofOrder);
        TreeSet<InventoryKey> products = new TreeSet<>();
        items.values().forEach(item -> products.add(new InventoryKey(key.cityId(), key.storeId(), item.productId())));
        Map<InventoryKey, Inventory> stock = PgTables.INVENTORY.withKeys(connection, products);
        return Optional.of(
                new PgOrder(key, order, new TreeMap<>(items), new TreeMap<>(payments), counter, new TreeMap<>(stock)));
    }

    private static void bind(PreparedStatement query, StoreKey store) throws SQLException {
        query.setInt(1, store.cityFragment());
        query.setInt(2, store.storeId());
    }
}
