package io.citygrid.grid.check;

import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.OrderIndex;
import io.citygrid.grid.SoldOrder;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;

/**
 * A store's receipts: 1 to the last without a gap, each with lines and payments that come to its total, each under one id. They never
 * change, so they are read up to a number that was read first, whatever is sold meanwhile.
 */
final class StoreBooks {
    private final Ignite node;
    private final StoreKey store;
    private final Findings findings;
    private final LongAdder rows;
    private final Map<Integer, Long> sold = new HashMap<>();
    private long last;
    private long missingAfter = -1;

    StoreBooks(Ignite node, StoreKey store, Findings findings, LongAdder rows) {
        this.node = node;
        this.store = store;
        this.findings = findings;
        this.rows = rows;
    }

    /** The receipt up to which they have been read. */
    long last() {
        return last;
    }

    /** The last receipt that is there. */
    long lastFound() {
        return missingAfter < 0 ? last : missingAfter;
    }

    /** Units of each product on the receipts up to {@link #last}. */
    Map<Integer, Long> sold() {
        return sold;
    }

    /**
     * Reads the receipts up to the one that the store's counter names now.
     *
     * @throws io.citygrid.grid.RolledBack if the grid could not be read in time
     */
    void readToTheLast() {
        StoreCounter counter = BoundedReads.get(node, GridCaches.STORE_COUNTERS, store);
        long until = counter == null ? 0 : counter.lastOrderNo();
        if (until > last) {
            SoldOrder.awaitCommitted(node, store, until);
        }
        while (last < until) {
            page(Math.min(until, last + SoldOrder.READ_MAX));
        }
    }

    private void page(long until) {
        TreeSet<OrderKey> keys = new TreeSet<>();
        for (long no = last + 1; no <= until; no++) {
            keys.add(new OrderKey(store.cityId(), store.storeId(), no));
        }
        Map<OrderKey, Order> orders = BoundedReads.getAll(node, GridCaches.ORDERS, keys);
        Map<Long, BigDecimal> lines = new HashMap<>();
        OrderIndex.read(node, GridCaches.ORDER_ITEMS, store, last, until, (key, line) -> {
            lines.merge(key.orderNo(), SoldOrder.amount(line), BigDecimal::add);
            sold.merge(line.productId(), (long) line.quantity(), Long::sum);
        });
        Map<Long, BigDecimal> paid = new HashMap<>();
        OrderIndex.read(
                node,
                GridCaches.PAYMENTS,
                store,
                last,
                until,
                (key, payment) -> paid.merge(key.orderNo(), payment.amount(), BigDecimal::add));
        keys.forEach(key -> receipt(key, orders.get(key), lines.get(key.orderNo()), paid.get(key.orderNo())));
        ids(orders);
        rows.add(keys.size());
        last = until;
    }

    private void receipt(OrderKey key, @Nullable Order order, @Nullable BigDecimal lines, @Nullable BigDecimal paid) {
        long no = key.orderNo();
        if (order == null) {
            if (lines == null && paid == null) {
                missingAfter = missingAfter < 0 ? no - 1 : missingAfter;
                return;
            }
            findings.wrong(
                    Trouble.RECEIPTS, name() + ": receipt " + no + " is missing, though it has lines or payments");
        } else if (!equal(order.total(), lines) || !equal(order.total(), paid)) {
            findings.wrong(
                    Trouble.MONEY,
                    name() + ": receipt " + no + " says " + order.total() + ", its lines come to " + amount(lines)
                            + " and its payments to " + amount(paid));
        }
        gapBefore(no);
    }

    /** A gap that ends is a gap; one at the end is a counter that stands too high. */
    private void gapBefore(long no) {
        if (missingAfter >= 0) {
            findings.wrong(Trouble.RECEIPTS, name() + ": " + receipts(missingAfter + 1, no - 1) + " missing");
            missingAfter = -1;
        }
    }

    private static String receipts(long from, long to) {
        return from == to ? "receipt " + from + " is" : "receipts " + from + " to " + to + " are";
    }

    private static boolean equal(BigDecimal total, @Nullable BigDecimal sum) {
        return sum != null && total.compareTo(sum) == 0;
    }

    private static String amount(@Nullable BigDecimal sum) {
        return sum == null ? "nothing" : sum.toString();
    }

    private void ids(Map<OrderKey, Order> orders) {
        TreeMap<OrderMappingKey, OrderKey> wanted = new TreeMap<>();
        orders.forEach(
                (key, order) -> wanted.put(new OrderMappingKey(key.cityId(), key.storeId(), order.orderId()), key));
        Map<OrderMappingKey, OrderMapping> known =
                BoundedReads.getAll(node, GridCaches.ORDER_MAPPING, wanted.navigableKeySet());
        orders.forEach((key, order) -> {
            OrderMapping mapping = known.get(new OrderMappingKey(key.cityId(), key.storeId(), order.orderId()));
            if (mapping == null) {
                findings.wrong(
                        Trouble.ORDER_IDS,
                        name() + ": receipt " + key.orderNo() + " cannot be found by its id " + order.orderId());
            } else if (mapping.orderNo() != key.orderNo() || mapping.storeId() != key.storeId()) {
                findings.wrong(
                        Trouble.ORDER_IDS,
                        name() + ": the id of receipt " + key.orderNo() + ", " + order.orderId()
                                + ", is that of receipt " + mapping.orderNo() + " of store " + mapping.storeId());
            }
        });
    }

    /** Compares the counter with the last receipt, while no sale can be under way. To be called when all are read. */
    void counter() {
        long[] beyond = {0};
        StoreCounter counter = GridTransaction.run(node, own -> {
            StoreCounter held = own.lock(GridCaches.STORE_COUNTERS, store);
            long standsAt = held == null ? 0 : held.lastOrderNo();
            OrderIndex.read(
                    node,
                    GridCaches.ORDERS,
                    store,
                    standsAt,
                    Long.MAX_VALUE,
                    1,
                    (key, order) -> beyond[0] = key.orderNo());
            return held;
        });
        if (beyond[0] > 0) {
            findings.wrong(
                    Trouble.COUNTERS,
                    name() + ": its counter stands at " + (counter == null ? "nothing" : counter.lastOrderNo())
                            + ", but there is a receipt " + beyond[0]);
        }
        if (missingAfter >= 0) {
            findings.wrong(
                    Trouble.COUNTERS,
                    name() + ": its counter stands at " + last + ", but its last receipt is " + missingAfter);
        }
    }

    private String name() {
        return "store " + store.storeId();
    }
}
