package io.citygrid.grid.rollup;

import io.citygrid.grid.SoldOrder;
import io.citygrid.model.BusinessDay;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderItem;
import io.citygrid.model.rollup.CategoryDay;
import io.citygrid.model.rollup.CategoryDayKey;
import io.citygrid.model.rollup.StoreDay;
import io.citygrid.model.rollup.StoreDayKey;
import io.citygrid.model.store.StoreKey;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.ignite.Ignite;

/**
 * Sums of a store's orders, from one receipt on without a gap. A business day is taken from the order, a category from each line,
 * as they were at the sale.
 */
public final class OrderSums {
    private final StoreKey store;
    private final ZoneId zone;
    private final TreeMap<StoreDayKey, StoreDay> days = new TreeMap<>();
    private final TreeMap<CategoryDayKey, CategoryDay> categories = new TreeMap<>();
    private long last;

    /** @param after the receipt after which to begin */
    public OrderSums(StoreKey store, ZoneId zone, long after) {
        this.store = store;
        this.zone = zone;
        this.last = after;
    }

    /** The receipt up to which orders are in here. */
    public long last() {
        return last;
    }

    /** By day. */
    public TreeMap<StoreDayKey, StoreDay> days() {
        return days;
    }

    /** By day and category. */
    public TreeMap<CategoryDayKey, CategoryDay> categories() {
        return categories;
    }

    /** What an order has of one category. */
    private record Part(long lines, long units, BigDecimal revenue) {
        static Part of(OrderItem line) {
            return new Part(1, line.quantity(), SoldOrder.amount(line));
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
    public boolean addUntil(Ignite node, long until) {
        while (last < until) {
            List<SoldOrder> orders = SoldOrder.read(node, store, last, until);
            if (orders.isEmpty()) {
                return false;
            }
            for (SoldOrder sold : orders) {
                add(sold);
                last = sold.key().orderNo();
            }
        }
        return true;
    }

    private void add(SoldOrder sold) {
        Order order = sold.order();
        int day = BusinessDay.of(order.orderedAt(), zone);
        Map<Integer, Part> parts = new TreeMap<>();
        sold.lines().values().forEach(line -> parts.merge(line.categoryId(), Part.of(line), Part::plus));
        parts.forEach((categoryId, part) -> categories.merge(
                new CategoryDayKey(store.cityId(), store.storeId(), day, categoryId),
                new CategoryDay(store.cityId(), 1, part.lines(), part.units(), part.revenue()),
                CategoryDay::plus));
        Part all = parts.values().stream().reduce(Part::plus).orElseThrow();
        long orderNo = sold.key().orderNo();
        days.merge(
                new StoreDayKey(store.cityId(), store.storeId(), day),
                new StoreDay(store.cityId(), 1, all.lines(), all.units(), order.total(), orderNo, orderNo),
                StoreDay::plus);
    }
}
