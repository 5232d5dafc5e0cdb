package io.citygrid.grid.outbox;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.PgOrder;
import io.citygrid.durability.PgReader;
import io.citygrid.durability.PgTables;
import io.citygrid.durability.PgWriter;
import io.citygrid.durability.WriteSet;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders that a node left in PostgreSQL when it died between the two commits, and that nobody was told of: those of one
 * transaction. If the store sold on while PostgreSQL was out of reach, the grid gave their numbers to other orders, and the grid is
 * right.
 */
public final class PhantomOrders {
    private static final Logger log = LoggerFactory.getLogger(PhantomOrders.class);

    private PhantomOrders() {}

    /**
     * Those orders among {@code rows} under whose number PostgreSQL has another order.
     *
     * @throws DatabaseRefusal if PostgreSQL cannot be asked
     */
    static List<OrderKey> among(WriteSet rows, PgWriter writer, int cityId) {
        Map<OrderKey, Order> orders = new TreeMap<>();
        rows.forEach((table, key, value) -> {
            if (value instanceof Order order) {
                orders.put((OrderKey) key, order);
            }
        });
        if (orders.isEmpty()) {
            return List.of();
        }
        Map<OrderKey, Order> inPostgres = new PgReader(writer.databases())
                .read(cityId, connection -> PgTables.ORDERS.withKeys(connection, orders.keySet()));
        return orders.entrySet().stream()
                .filter(own -> differs(inPostgres.get(own.getKey()), own.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean differs(@Nullable Order inPostgres, @Nullable Order inGrid) {
        return inPostgres != null && (inGrid == null || !inGrid.orderId().equals(inPostgres.orderId()));
    }

    /**
     * If PostgreSQL has another order under {@code key} than the grid, removes it, and those of the store that one transaction
     * wrote with it, with their lines, payments and mappings, and writes the grid's orders, their stock and the store's counter
     * instead, in one statement and under the grid's locks. Opens a grid transaction of its own.
     *
     * @return whether there was one
     * @throws DatabaseRefusal if PostgreSQL cannot be asked or does not take the rows; of kind {@code SHUT} if it has more than a
     *     dying node leaves, so that the grid has lost orders and given their numbers again, and nothing may be overwritten
     * @throws io.citygrid.grid.RolledBack if the rows could not be read or locked
     */
    public static boolean remove(Ignite node, PgWriter writer, OrderKey key) {
        StoreKey store = new StoreKey(key.cityId(), key.storeId());
        SortedSet<OrderKey> numbers = around(key);
        PgReader reader = new PgReader(writer.databases());
        // A sale that PostgreSQL has by now has ended in the grid too when the store's counter is locked below.
        long lastInPostgres = reader.read(key.cityId(), connection -> PgOrder.lastNumber(connection, store));
        Map<OrderKey, Order> inGrid = BoundedReads.getAll(node, GridCaches.ORDERS, numbers);
        Map<OrderKey, Order> inPostgres =
                reader.read(key.cityId(), connection -> PgTables.ORDERS.withKeys(connection, numbers));
        Order phantom = inPostgres.get(key);
        if (phantom == null || !inGrid.containsKey(key) || !differs(phantom, inGrid.get(key))) {
            return false;
        }
        List<OrderKey> phantoms = together(key, number -> {
            Order other = inPostgres.get(number);
            return other != null && areOfOneTransaction(phantom, other);
        });
        requireNoMore(
                writer,
                phantoms,
                number -> inGrid.containsKey(number) && differs(inPostgres.get(number), inGrid.get(number)));
        Map<OrderKey, OrderRows> found =
                reader.read(key.cityId(), connection -> OrderRows.inPostgres(connection, phantoms));
        CurrentRows rows = new CurrentRows().add(GridCaches.STORE_COUNTERS, store);
        for (OrderKey number : phantoms) {
            name(rows, number, OrderRows.inGrid(node, number));
            name(rows, number, Objects.requireNonNull(found.get(number)));
        }
        long last = phantoms.get(phantoms.size() - 1).orderNo();
        rows.write(node, writer, key.cityId(), locked -> {
            if (lastInPostgres > Math.max(last, lastNumber(locked))) {
                throw gridIsBehind(writer, phantoms.get(0));
            }
        });
        log.warn(
                "{} to {} were other orders in PostgreSQL, left by a node that died: PostgreSQL was told what the grid has",
                phantoms.get(0),
                last);
        return true;
    }

    /** The last number that the grid has given, by the counter among {@code rows}. */
    private static long lastNumber(WriteSet rows) {
        long[] last = {0};
        rows.forEach((table, key, value) -> {
            if (value instanceof StoreCounter counter) {
                last[0] = counter.lastOrderNo();
            }
        });
        return last[0];
    }

    /** One grid transaction writes its orders with one time; two of one store are never at the same time. */
    public static boolean areOfOneTransaction(Order one, Order other) {
        return one.updatedAt().equals(other.updatedAt());
    }

    private static void name(CurrentRows rows, OrderKey key, OrderRows side) {
        Order order = side.order();
        rows.add(GridCaches.ORDERS, key);
        if (order != null) {
            rows.add(GridCaches.ORDER_MAPPING, new OrderMappingKey(key.cityId(), key.storeId(), order.orderId()));
        }
        rows.addAll(GridCaches.ORDER_ITEMS, side.items().keySet());
        rows.addAll(GridCaches.PAYMENTS, side.payments().keySet());
        side.items()
                .values()
                .forEach(item -> rows.add(
                        GridCaches.INVENTORY, new InventoryKey(key.cityId(), key.storeId(), item.productId())));
    }

    /** As many numbers on either side as one transaction gives at most. */
    private static SortedSet<OrderKey> around(OrderKey key) {
        SortedSet<OrderKey> numbers = new TreeSet<>();
        long reach = StoreOpening.ORDERS_TOGETHER_MAX;
        for (long no = Math.max(1, key.orderNo() - reach); no <= key.orderNo() + reach; no++) {
            numbers.add(number(key, no));
        }
        return numbers;
    }

    /** The numbers next to each other, {@code key} among them, that were written with it. */
    private static List<OrderKey> together(OrderKey key, Predicate<OrderKey> withIt) {
        long first = key.orderNo();
        while (first > 1 && withIt.test(number(key, first - 1))) {
            first--;
        }
        List<OrderKey> together = new ArrayList<>();
        for (long no = first; no <= key.orderNo() || withIt.test(number(key, no)); no++) {
            together.add(number(key, no));
        }
        return together;
    }

    private static OrderKey number(OrderKey ofStore, long orderNo) {
        return new OrderKey(ofStore.cityId(), ofStore.storeId(), orderNo);
    }

    /** A node that dies leaves the orders of one transaction; next to them no other order of the grid is another in PostgreSQL. */
    private static void requireNoMore(PgWriter writer, List<OrderKey> phantoms, Predicate<OrderKey> soldAgain) {
        OrderKey first = phantoms.get(0);
        OrderKey last = phantoms.get(phantoms.size() - 1);
        boolean more = soldAgain.test(number(last, last.orderNo() + 1))
                || (first.orderNo() > 1 && soldAgain.test(number(first, first.orderNo() - 1)));
        if (more || phantoms.size() > StoreOpening.ORDERS_TOGETHER_MAX) {
            throw gridIsBehind(writer, first);
        }
    }

    private static DatabaseRefusal gridIsBehind(PgWriter writer, OrderKey first) {
        String database = writer.databases().settings().name(first.cityId());
        return DatabaseRefusal.gridIsBehind(
                database,
                "the grid has lost orders of store " + first.storeId() + " and sold on: from number " + first.orderNo()
                        + " " + database + " has other orders; neither is overwritten");
    }
}
