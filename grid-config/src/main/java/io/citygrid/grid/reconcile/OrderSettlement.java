package io.citygrid.grid.reconcile;

import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.outbox.CurrentRows;
import io.citygrid.grid.outbox.OrderRows;
import io.citygrid.grid.reconcile.Comparison.Difference;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** An order and its lines, payments and mapping are one: the side whose order row is right is right in all of them. */
final class OrderSettlement {
    /** What to do with an order that differs. */
    enum Choice {
        /** PostgreSQL is told what the grid has. */
        TELL,
        /** The grid takes over what PostgreSQL has. */
        TAKE,
        /** Neither side has all of it. */
        CONFLICT
    }

    private final Place place;
    private final List<String> conflicts;

    /** @param conflicts takes what nobody but a person can settle */
    OrderSettlement(Place place, List<String> conflicts) {
        this.place = place;
        this.conflicts = conflicts;
    }

    /** Of two versions the newer is right; of one version the grid's, unless PostgreSQL's alone has all lines and payments. */
    static Choice choose(OrderRows inGrid, OrderRows inPostgres) {
        Order own = inGrid.order();
        Order other = inPostgres.order();
        if (other == null) {
            return Choice.TELL;
        }
        if (own == null) {
            return inPostgres.whole() ? Choice.TAKE : Choice.CONFLICT;
        }
        if (own.version() != other.version()) {
            return own.version() > other.version() ? Choice.TELL : Choice.TAKE;
        }
        if (inGrid.whole()) {
            return Choice.TELL;
        }
        return inPostgres.whole() ? Choice.TAKE : Choice.CONFLICT;
    }

    /** Settles the orders of {@code keys}, a batch at a time. */
    void settle(Collection<OrderKey> keys) {
        Iterator<OrderKey> left = new TreeSet<>(keys).iterator();
        List<OrderKey> batch = new ArrayList<>();
        while (left.hasNext()) {
            batch.add(left.next());
            if (batch.size() == OrderPull.BATCH || !left.hasNext()) {
                settleBatch(batch);
                batch.clear();
            }
        }
    }

    private void settleBatch(List<OrderKey> keys) {
        List<OrderKey> wanted = List.copyOf(keys);
        Map<OrderKey, OrderRows> inPostgres =
                place.reader().read(place.cityId(), connection -> OrderRows.inPostgres(connection, wanted));
        CurrentRows told = new CurrentRows();
        TreeMap<OrderKey, OrderRows> taken = new TreeMap<>();
        for (OrderKey key : wanted) {
            OrderRows own = OrderRows.inGrid(place.node(), key);
            OrderRows other = Objects.requireNonNull(inPostgres.get(key));
            switch (choose(own, other)) {
                case TELL -> tell(told, key, own, other);
                case TAKE -> taken.put(key, other);
                case CONFLICT -> conflicts.add("neither the grid nor PostgreSQL has all of " + key);
            }
        }
        told.write(place.node(), place.writer(), place.cityId());
        if (!taken.isEmpty()) {
            take(taken);
        }
    }

    private static void tell(CurrentRows told, OrderKey key, OrderRows own, OrderRows other) {
        told.add(GridCaches.ORDERS, key);
        for (OrderRows side : List.of(own, other)) {
            told.addAll(GridCaches.ORDER_ITEMS, side.items().keySet());
            told.addAll(GridCaches.PAYMENTS, side.payments().keySet());
            Order order = side.order();
            if (order != null) {
                told.add(GridCaches.ORDER_MAPPING, new OrderMappingKey(key.cityId(), key.storeId(), order.orderId()));
            }
        }
    }

    private void take(TreeMap<OrderKey, OrderRows> orders) {
        GridTransaction.run(place.node(), transaction -> {
            TreeMap<OrderMappingKey, OrderMapping> mappings = new TreeMap<>();
            orders.forEach((key, found) -> mappings.put(
                    new OrderMappingKey(
                            key.cityId(),
                            key.storeId(),
                            Objects.requireNonNull(found.order()).orderId()),
                    OrderPull.mapping(key, found)));
            Map<OrderMappingKey, OrderMapping> known =
                    transaction.lockAll(GridCaches.ORDER_MAPPING, new TreeSet<>(mappings.keySet()));
            mappings.keySet().removeAll(known.keySet());
            Map<OrderKey, Order> inGrid = transaction.lockAll(GridCaches.ORDERS, new TreeSet<>(orders.keySet()));
            orders.forEach((key, found) -> {
                Order own = inGrid.get(key);
                Order other = Objects.requireNonNull(found.order());
                if (own != null && own.version() > other.version()) {
                    throw new RolledBack(key + " was written meanwhile");
                }
                transaction.adopt(GridCaches.ORDERS, key, other);
                transaction.adoptAll(GridCaches.ORDER_ITEMS, found.items());
                transaction.adoptAll(GridCaches.PAYMENTS, found.payments());
            });
            transaction.adoptAll(GridCaches.ORDER_MAPPING, mappings);
            return true;
        });
    }

    /** A mapping belongs to the order that carries its id: without one in the grid it is left over. */
    void settleMappings(List<Difference<OrderMappingKey, OrderMapping>> differences) {
        List<Difference<OrderMappingKey, OrderMapping>> told = new ArrayList<>();
        TreeMap<OrderMappingKey, OrderMapping> taken = new TreeMap<>();
        for (Difference<OrderMappingKey, OrderMapping> difference : differences) {
            OrderMapping inPostgres = difference.inPostgres();
            if (difference.inGrid() == null && inPostgres != null && names(difference.key(), inPostgres)) {
                taken.put(difference.key(), inPostgres);
            } else {
                told.add(difference);
            }
        }
        RowSettlement.tell(place, GridCaches.ORDER_MAPPING, told);
        if (!taken.isEmpty()) {
            GridTransaction.run(place.node(), transaction -> {
                Map<OrderMappingKey, OrderMapping> known =
                        transaction.lockAll(GridCaches.ORDER_MAPPING, new TreeSet<>(taken.keySet()));
                taken.keySet().removeAll(known.keySet());
                transaction.adoptAll(GridCaches.ORDER_MAPPING, taken);
                return true;
            });
        }
    }

    private boolean names(OrderMappingKey key, OrderMapping mapping) {
        Order order = BoundedReads.get(
                place.node(), GridCaches.ORDERS, new OrderKey(key.cityId(), mapping.storeId(), mapping.orderNo()));
        return order != null && order.orderId().equals(key.orderId());
    }
}
