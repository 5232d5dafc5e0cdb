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
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

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
        try (PreparedStatement query = connection.prepareStatement(
                """
                SELECT order_id, customer_id, city_id, total, status, ordered_at, o.version, o.updated_at,
                    c.last_order_no, c.version, c.updated_at
                FROM orders o JOIN store_counters c USING (city_fragment, store_id)
                WHERE city_fragment = ? AND store_id = ? AND order_no = ?
                """)) {
            bind(query, store);
            query.setLong(3, key.orderNo());
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Order order = new Order(
                        row.getObject(1, UUID.class),
                        row.getObject(2, Integer.class),
                        row.getInt(3),
                        row.getBigDecimal(4),
                        row.getString(5),
                        instant(row, 6),
                        row.getLong(7),
                        instant(row, 8));
                StoreCounter counter = new StoreCounter(row.getLong(9), row.getLong(10), instant(row, 11));
                return Optional.of(new PgOrder(
                        key,
                        order,
                        items(connection, key),
                        payments(connection, key),
                        counter,
                        stock(connection, key)));
            }
        }
    }

    private static TreeMap<OrderItemKey, OrderItem> items(Connection connection, OrderKey key) throws SQLException {
        TreeMap<OrderItemKey, OrderItem> items = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                """
                SELECT line_no, product_id, quantity, price, city_id, category_id, ordered_at, version FROM order_items
                WHERE city_fragment = ? AND store_id = ? AND order_no = ?
                """)) {
            bind(query, new StoreKey(key.cityId(), key.storeId()));
            query.setLong(3, key.orderNo());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    items.put(
                            new OrderItemKey(key.cityId(), key.storeId(), key.orderNo(), row.getInt(1)),
                            new OrderItem(
                                    row.getInt(2),
                                    row.getInt(3),
                                    row.getBigDecimal(4),
                                    row.getInt(5),
                                    row.getInt(6),
                                    instant(row, 7),
                                    row.getLong(8)));
                }
            }
        }
        return items;
    }

    private static TreeMap<PaymentKey, Payment> payments(Connection connection, OrderKey key) throws SQLException {
        TreeMap<PaymentKey, Payment> payments = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                """
                SELECT seq, order_id, amount, method, status, tendered, change_due, paid_at, version FROM payments
                WHERE city_fragment = ? AND store_id = ? AND order_no = ?
                """)) {
            bind(query, new StoreKey(key.cityId(), key.storeId()));
            query.setLong(3, key.orderNo());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    payments.put(
                            new PaymentKey(key.cityId(), key.storeId(), key.orderNo(), row.getInt(1)),
                            new Payment(
                                    row.getObject(2, UUID.class),
                                    row.getBigDecimal(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getBigDecimal(6),
                                    row.getBigDecimal(7),
                                    instant(row, 8),
                                    row.getLong(9)));
                }
            }
        }
        return payments;
    }

    private static TreeMap<InventoryKey, Inventory> stock(Connection connection, OrderKey key) throws SQLException {
        TreeMap<InventoryKey, Inventory> stock = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                """
                SELECT product_id, v.quantity, v.version, v.updated_at
                FROM inventory v JOIN order_items i USING (city_fragment, store_id, product_id)
                WHERE city_fragment = ? AND store_id = ? AND order_no = ?
                """)) {
            bind(query, new StoreKey(key.cityId(), key.storeId()));
            query.setLong(3, key.orderNo());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    stock.put(
                            new InventoryKey(key.cityId(), key.storeId(), row.getInt(1)),
                            new Inventory(row.getInt(2), row.getLong(3), instant(row, 4)));
                }
            }
        }
        return stock;
    }

    private static void bind(PreparedStatement query, StoreKey store) throws SQLException {
        query.setInt(1, store.cityFragment());
        query.setInt(2, store.storeId());
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
