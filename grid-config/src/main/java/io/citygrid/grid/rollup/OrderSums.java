package io.citygrid.grid.rollup;

import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.model.BusinessDay;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderItem;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.rollup.CategoryDay;
import io.citygrid.model.rollup.CategoryDayKey;
import io.citygrid.model.rollup.StoreDay;
import io.citygrid.model.rollup.StoreDayKey;
import io.citygrid.model.store.StoreKey;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.query.IndexQuery;
import org.apache.ignite.cache.query.IndexQueryCriteriaBuilder;
import org.apache.ignite.cache.query.QueryCursor;

/**
 * Sums of a store's orders, from one receipt on without a gap. A business day is taken from the order, a category from each line,
 * as they were at the sale.
 */
final class OrderSums {
    /** Orders that are read at once. */
    static final int READ_MAX = 500;

    private final StoreKey store;
    private final ZoneId zone;
    private final TreeMap<StoreDayKey, StoreDay> days = new TreeMap<>();
    private final TreeMap<CategoryDayKey, CategoryDay> categories = new TreeMap<>();
    private long last;

    /** @param after the receipt after which to begin */
    OrderSums(StoreKey store, ZoneId zone, long after) {
        this.store = store;
        this.zone = zone;
        this.last = after;
    }

    /** The receipt up to which orders are in here. */
    long last() {
        return last;
    }

    TreeMap<StoreDayKey, StoreDay> days() {
        return days;
    }

    TreeMap<CategoryDayKey, CategoryDay> categories() {
        return categories;
    }

    /** What an order has of one category. */
    private record Part(long lines, long units, BigDecimal revenue) {
        static Part of(OrderItem line) {
            return new Part(1, line.quantity(), line.price().multiply(BigDecimal.valueOf(line.quantity())));
        }

        Part plus(Part other) {
            return new Part(lines + other.lines, units + other.units, revenue.add(other.revenue));
        }
    }

    /**
     * Adds orders up to receipt {@code until}, or as many as can be read whole.
     *
     * @return whether it came that far; the rows of a sale that is being committed become visible one by one
     * @throws io.citygrid.grid.RolledBack if they could not be read in time
     */
    boolean addUntil(Ignite node, long until) {
        while (last < until) {
            long read = Math.min(until, last + READ_MAX);
            TreeSet<OrderKey> keys = new TreeSet<>();
            for (long no = last + 1; no <= read; no++) {
                keys.add(new OrderKey(store.cityId(), store.storeId(), no));
            }
            Map<OrderKey, Order> orders = BoundedReads.getAll(node, GridCaches.ORDERS, keys);
            Map<Long, Map<Integer, Part>> parts = parts(node, last, read);
            for (OrderKey key : keys) {
                Order order = orders.get(key);
                Map<Integer, Part> ofOrder = parts.getOrDefault(key.orderNo(), Map.of());
                if (order == null || !whole(order, ofOrder)) {
                    return false;
                }
                add(key.orderNo(), order, ofOrder);
                last = key.orderNo();
            }
        }
        return true;
    }

    /** By order and category. An index is walked where the lines lie: a query in SQL would have to be planned on every node. */
    private Map<Long, Map<Integer, Part>> parts(Ignite node, long after, long until) {
        IndexQuery<OrderItemKey, OrderItem> lines = new IndexQuery<>(OrderItem.class);
        lines.setCriteria(
                IndexQueryCriteriaBuilder.eq("CITY_FRAGMENT", store.cityFragment()),
                IndexQueryCriteriaBuilder.eq("STORE_ID", store.storeId()),
                IndexQueryCriteriaBuilder.between("ORDER_NO", after + 1, until));
        lines.setPartition(store.cityFragment());
        Map<Long, Map<Integer, Part>> parts = new TreeMap<>();
        try (QueryCursor<Cache.Entry<OrderItemKey, OrderItem>> rows =
                GridCaches.ORDER_ITEMS.on(node).query(lines)) {
            rows.forEach(row -> parts.computeIfAbsent(row.getKey().orderNo(), unused -> new TreeMap<>())
                    .merge(row.getValue().categoryId(), Part.of(row.getValue()), Part::plus));
        }
        return parts;
    }

    private static boolean whole(Order order, Map<Integer, Part> parts) {
        return !parts.isEmpty()
                && parts.values().stream()
                                .map(Part::revenue)
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                .compareTo(order.total())
                        == 0;
    }

    private void add(long orderNo, Order order, Map<Integer, Part> parts) {
        int day = BusinessDay.of(order.orderedAt(), zone);
        parts.forEach((categoryId, part) -> categories.merge(
                new CategoryDayKey(store.cityId(), store.storeId(), day, categoryId),
                new CategoryDay(store.cityId(), 1, part.lines(), part.units(), part.revenue()),
                CategoryDay::plus));
        Part all = parts.values().stream().reduce(Part::plus).orElseThrow();
        days.merge(
                new StoreDayKey(store.cityId(), store.storeId(), day),
                new StoreDay(store.cityId(), 1, all.lines(), all.units(), order.total(), orderNo, orderNo),
                StoreDay::plus);
    }
}
