package io.citygrid.grid.outbox;

import io.citygrid.durability.PgOrder;
import io.citygrid.durability.PgTables;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderItem;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.Payment;
import io.citygrid.model.order.PaymentKey;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;

/**
 * An order with its lines and payments as one side has them, the grid or PostgreSQL.
 *
 * @param order {@code null} where only lines or payments are left
 */
public record OrderRows(
        @Nullable Order order, TreeMap<OrderItemKey, OrderItem> items, TreeMap<PaymentKey, Payment> payments) {
    /** Lines that are looked up at once; most orders have fewer. */
    private static final int LOOKED_UP = 16;

    private OrderRows() {
        this(null, new TreeMap<>(), new TreeMap<>());
    }

    /** What PostgreSQL has of {@code keys}, by their order; a key of which it has nothing is there and empty. */
    public static Map<OrderKey, OrderRows> inPostgres(Connection connection, Collection<OrderKey> keys)
            throws SQLException {
        List<List<Object>> wanted = keys.stream()
                .map(key -> List.<Object>of(key.cityFragment(), key.storeId(), key.orderNo()))
                .toList();
        Map<OrderKey, Order> orders = PgTables.ORDERS.withKeys(connection, keys);
        TreeMap<OrderKey, OrderRows> found = new TreeMap<>();
        for (OrderKey key : keys) {
            found.put(key, new OrderRows(orders.get(key), new TreeMap<>(), new TreeMap<>()));
        }
        PgTables.ORDER_ITEMS.where(connection, PgOrder.BY_ORDER, wanted).forEach((key, item) -> of(
                        found, new OrderKey(key.cityId(), key.storeId(), key.orderNo()))
                .items
                .put(key, item));
        PgTables.PAYMENTS.where(connection, PgOrder.BY_ORDER, wanted).forEach((key, payment) -> of(
                        found, new OrderKey(key.cityId(), key.storeId(), key.orderNo()))
                .payments
                .put(key, payment));
        return found;
    }

    private static OrderRows of(Map<OrderKey, OrderRows> found, OrderKey key) {
        return found.computeIfAbsent(key, unused -> new OrderRows());
    }

    /**
     * What the grid has.
     *
     * @throws io.citygrid.grid.RolledBack if it could not be read in time
     */
    public static OrderRows inGrid(Ignite node, OrderKey key) {
        return new OrderRows(
                BoundedReads.get(node, GridCaches.ORDERS, key),
                counted(
                        node,
                        GridCaches.ORDER_ITEMS,
                        lineNo -> new OrderItemKey(key.cityId(), key.storeId(), key.orderNo(), lineNo)),
                counted(
                        node,
                        GridCaches.PAYMENTS,
                        seq -> new PaymentKey(key.cityId(), key.storeId(), key.orderNo(), seq)));
    }

    /** Rows whose keys count up from 1 without a gap worth the name. */
    private static <K extends Comparable<K>, V> TreeMap<K, V> counted(
            Ignite node, GridCache<K, V> cache, IntFunction<K> key) {
        TreeMap<K, V> found = new TreeMap<>();
        for (int first = 1; ; first += LOOKED_UP) {
            TreeSet<K> keys = new TreeSet<>();
            for (int number = first; number < first + LOOKED_UP; number++) {
                keys.add(key.apply(number));
            }
            Map<K, V> rows = BoundedReads.getAll(node, cache, keys);
            found.putAll(rows);
            if (rows.isEmpty() || !rows.containsKey(keys.last())) {
                return found;
            }
        }
    }

    /** Whether the lines and the payments are all there: both make up the total. */
    public boolean whole() {
        if (order == null) {
            return false;
        }
        BigDecimal sold = items.values().stream()
                .map(item -> item.price().multiply(BigDecimal.valueOf(item.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal paid = payments.values().stream().map(Payment::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        return sold.compareTo(order.total()) == 0 && paid.compareTo(order.total()) == 0;
    }
}
