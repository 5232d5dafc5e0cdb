package io.citygrid.grid.reconcile;

import io.citygrid.grid.outbox.PhantomOrders;
import io.citygrid.grid.outbox.StoreOpening;
import io.citygrid.grid.reconcile.Comparison.Difference;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderItem;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.store.StoreKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * What the orders that differ say about their stores, before anything is changed.
 *
 * <p>A node that dies leaves orders of a store in PostgreSQL that one transaction sold. If the store sold on while PostgreSQL was
 * out of reach, PostgreSQL has other orders under their numbers, phantoms. If it has more than that, the grid has lost orders and
 * sold on.
 */
final class OrderFindings {
    private static final int PHANTOMS_MAX = StoreOpening.ORDERS_TOGETHER_MAX;

    private final Map<StoreKey, TreeMap<OrderKey, Order>> otherIds = new TreeMap<>();
    private final TreeSet<StoreKey> beyond = new TreeSet<>();
    private final TreeSet<StoreKey> changing = new TreeSet<>();
    private final Map<StoreKey, Long> lasts = new HashMap<>();
    private final ToLongFunction<StoreKey> lastInGrid;

    /** @param lastInGrid the number of a store's last receipt in the grid */
    OrderFindings(ToLongFunction<StoreKey> lastInGrid) {
        this.lastInGrid = lastInGrid;
    }

    void add(List<Difference<OrderKey, Order>> differences) {
        for (Difference<OrderKey, Order> difference : differences) {
            OrderKey key = difference.key();
            Order inGrid = difference.inGrid();
            Order inPostgres = difference.inPostgres();
            StoreKey store = new StoreKey(key.cityId(), key.storeId());
            if (inGrid == null) {
                (key.orderNo() > last(store) ? beyond : changing).add(store);
            } else if (inPostgres != null && !inGrid.orderId().equals(inPostgres.orderId())) {
                TreeMap<OrderKey, Order> others = otherIds.computeIfAbsent(store, unused -> new TreeMap<>());
                if (others.size() <= PHANTOMS_MAX) {
                    others.put(key, inPostgres);
                }
            } else if (inPostgres != null) {
                changing.add(store);
            }
        }
    }

    void addLines(List<Difference<OrderItemKey, OrderItem>> differences) {
        for (Difference<OrderItemKey, OrderItem> difference : differences) {
            OrderItemKey key = difference.key();
            StoreKey store = new StoreKey(key.cityId(), key.storeId());
            if (difference.inPostgres() != null && key.orderNo() <= last(store)) {
                changing.add(store);
            }
        }
    }

    private long last(StoreKey store) {
        return lasts.computeIfAbsent(store, lastInGrid::applyAsLong);
    }

    /** Stores of which orders that the grid has may be changed or completed by what PostgreSQL has. */
    Set<StoreKey> changing() {
        return changing;
    }

    /** Stores of which PostgreSQL has orders after the grid's last. */
    Set<StoreKey> beyond() {
        return beyond;
    }

    /** Numbers under which PostgreSQL has an order that nobody was told of. */
    List<OrderKey> phantoms() {
        return otherIds.values().stream()
                .flatMap(others -> others.keySet().stream())
                .toList();
    }

    /** As far as those tell that differ; {@code PhantomOrders} looks at their neighbours before it removes them. */
    private static boolean areOfOneTransaction(TreeMap<OrderKey, Order> others) {
        Order first = others.firstEntry().getValue();
        return others.lastKey().orderNo() - others.firstKey().orderNo() < PHANTOMS_MAX
                && others.values().stream().allMatch(other -> PhantomOrders.areOfOneTransaction(first, other));
    }

    /** Why nothing may be changed; empty if it may. */
    List<String> conflicts() {
        List<String> conflicts = new ArrayList<>();
        otherIds.forEach((store, others) -> {
            if (!areOfOneTransaction(others)) {
                conflicts.add(
                        "the grid has lost orders of store " + store.storeId()
                                + " and sold on: from number "
                                + others.firstKey().orderNo()
                                + " PostgreSQL has other orders; a person has to say which are right, then run `./pos load reconcile`");
            }
        });
        return conflicts;
    }
}
