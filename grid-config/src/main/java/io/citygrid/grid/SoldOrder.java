package io.citygrid.grid;

import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderItem;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.store.StoreKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.ignite.Ignite;

/**
 * An order with all of its lines, as feeds read them from the node that is the primary of its store.
 *
 * @param lines by their numbers
 */
public record SoldOrder(OrderKey key, Order order, TreeMap<OrderItemKey, OrderItem> lines) {
    /** Orders that are read at once. */
    public static final int READ_MAX = 500;

    /** A sale's rows become visible one by one, but it lets go of its order's lock when all of them are there. */
    public static void awaitCommitted(Ignite node, StoreKey store, long orderNo) {
        GridTransaction.run(node, own -> {
            own.lock(GridCaches.ORDERS, new OrderKey(store.cityId(), store.storeId(), orderNo));
            return true;
        });
    }

    /**
     * The store's orders after receipt {@code after} up to {@code until}, as many as can be read whole without a gap and not more
     * than {@link #READ_MAX}.
     *
     * @throws RolledBack if they could not be read in time
     */
    public static List<SoldOrder> read(Ignite node, StoreKey store, long after, long until) {
        long last = Math.min(until, after + READ_MAX);
        TreeSet<OrderKey> keys = new TreeSet<>();
        for (long no = after + 1; no <= last; no++) {
            keys.add(new OrderKey(store.cityId(), store.storeId(), no));
        }
        Map<OrderKey, Order> orders = BoundedReads.getAll(node, GridCaches.ORDERS, keys);
        Map<Long, TreeMap<OrderItemKey, OrderItem>> lines = lines(node, store, after, last);
        List<SoldOrder> whole = new ArrayList<>();
        for (OrderKey key : keys) {
            Order order = orders.get(key);
            if (order == null) {
                return whole;
            }
            SoldOrder sold = new SoldOrder(key, order, lines.getOrDefault(key.orderNo(), new TreeMap<>()));
            if (!sold.whole()) {
                return whole;
            }
            whole.add(sold);
        }
        return whole;
    }

    private static Map<Long, TreeMap<OrderItemKey, OrderItem>> lines(
            Ignite node, StoreKey store, long after, long until) {
        Map<Long, TreeMap<OrderItemKey, OrderItem>> lines = new TreeMap<>();
        OrderIndex.read(node, GridCaches.ORDER_ITEMS, store, after, until, (key, line) -> lines.computeIfAbsent(
                        key.orderNo(), unused -> new TreeMap<>())
                .put(key, line));
        return lines;
    }

    private boolean whole() {
        return !lines.isEmpty()
                && lines.values().stream()
                                .map(SoldOrder::amount)
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                .compareTo(order.total())
                        == 0;
    }

    /** What a line comes to. */
    public static BigDecimal amount(OrderItem line) {
        return line.price().multiply(BigDecimal.valueOf(line.quantity()));
    }
}
