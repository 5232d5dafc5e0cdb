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
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * An order as PostgreSQL has it, with all that its sale wrote.
 *
 * @param counter of the store, and {@code stock} of the order's products, as they are when it is read
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

    /**
     * Reads the store's orders with these numbers, in five statements however many they are.
     *
     * @return all of them by number, or none if one is missing or not whole, as while they are being removed
     */
    public static List<PgOrder> read(Connection connection, StoreKey store, long from, long to) throws SQLException {
        List<OrderKey> keys = LongStream.rangeClosed(from, to)
                .mapToObj(no -> new OrderKey(store.cityId(), store.storeId(), no))
                .toList();
        List<List<Object>> ofOrders = keys.stream()
                .map(key -> List.<Object>of(key.cityFragment(), key.storeId(), key.orderNo()))
                .toList();
        Map<OrderKey, Order> orders = PgTables.ORDERS.withKeys(connection, keys);
        StoreCounter counter =
                PgTables.STORE_COUNTERS.withKeys(connection, List.of(store)).get(store);
        if (counter == null || orders.size() < keys.size()) {
            return List.of();
        }
        Map<Long, TreeMap<OrderItemKey, OrderItem>> items = new HashMap<>();
        TreeSet<InventoryKey> products = new TreeSet<>();
        PgTables.ORDER_ITEMS.where(connection, BY_ORDER, ofOrders).forEach((key, item) -> {
            items.computeIfAbsent(key.orderNo(), no -> new TreeMap<>()).put(key, item);
            products.add(new InventoryKey(store.cityId(), store.storeId(), item.productId()));
        });
        Map<Long, TreeMap<PaymentKey, Payment>> payments = new HashMap<>();
        PgTables.PAYMENTS.where(connection, BY_ORDER, ofOrders).forEach((key, payment) -> payments.computeIfAbsent(
                        key.orderNo(), no -> new TreeMap<>())
                .put(key, payment));
        Map<InventoryKey, Inventory> stock = PgTables.INVENTORY.withKeys(connection, products);
        List<PgOrder> found = new ArrayList<>();
        for (OrderKey key : keys) {
            TreeMap<OrderItemKey, OrderItem> own = items.getOrDefault(key.orderNo(), new TreeMap<>());
            TreeMap<InventoryKey, Inventory> ownStock = new TreeMap<>();
            for (OrderItem item : own.values()) {
                InventoryKey product = new InventoryKey(store.cityId(), store.storeId(), item.productId());
                Inventory row = stock.get(product);
                if (row != null) {
                    ownStock.put(product, row);
                }
            }
            found.add(new PgOrder(
                    key,
                    Objects.requireNonNull(orders.get(key)),
                    own,
                    payments.getOrDefault(key.orderNo(), new TreeMap<>()),
                    counter,
                    ownStock));
        }
        return found.stream().allMatch(PgOrder::whole) ? found : List.of();
    }

    /** Whether all its lines and payments are there. */
    private boolean whole() {
        BigDecimal lines = items.values().stream()
                .map(item -> item.price().multiply(BigDecimal.valueOf(item.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal paid = payments.values().stream().map(Payment::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        return lines.compareTo(order.total()) == 0 && paid.compareTo(order.total()) == 0;
    }

    private static void bind(PreparedStatement query, StoreKey store) throws SQLException {
        query.setInt(1, store.cityFragment());
        query.setInt(2, store.storeId());
    }
}
