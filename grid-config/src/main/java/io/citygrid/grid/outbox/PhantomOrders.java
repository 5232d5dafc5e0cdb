package io.citygrid.grid.outbox;

import io.citygrid.durability.DatabaseRefusal;
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
import io.citygrid.model.store.StoreKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders that a node left in PostgreSQL when it died between the two commits, and that nobody was told of. If the store sold on
 * while PostgreSQL was out of reach, the grid gave the same number to another order, and the grid is right.
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
     * A node that dies leaves one order of a store. If the next one differs too, the grid has lost orders and given their
     * numbers again, and nothing may be overwritten.
     */
    private static void requireOnlyOne(Ignite node, PgWriter writer, OrderKey key) {
        SortedSet<OrderKey> neighbours = new TreeSet<>();
        neighbours.add(new OrderKey(key.cityId(), key.storeId(), key.orderNo() + 1));
        if (key.orderNo() > 1) {
            neighbours.add(new OrderKey(key.cityId(), key.storeId(), key.orderNo() - 1));
        }
        Map<OrderKey, Order> inPostgres = new PgReader(writer.databases())
                .read(key.cityId(), connection -> PgTables.ORDERS.withKeys(connection, neighbours));
        Map<OrderKey, Order> inGrid = BoundedReads.getAll(node, GridCaches.ORDERS, neighbours);
        for (OrderKey neighbour : neighbours) {
            if (differs(inPostgres.get(neighbour), inGrid.get(neighbour))) {
                String database = writer.databases().settings().name(key.cityId());
                throw DatabaseRefusal.gridIsBehind(
                        database,
                        "the grid and " + database + " have both sold " + key + " and " + neighbour
                                + ": neither is overwritten");
            }
        }
    }

    /**
     * If PostgreSQL has another order under {@code key} than the grid, removes it with its lines, payments and mapping, and
     * writes the grid's order, its stock and the store's counter instead, in one statement and under the grid's locks. Opens a
     * grid transaction of its own.
     *
     * @return whether there was one
     * @throws DatabaseRefusal if PostgreSQL cannot be asked, does not take the rows, or has more than this one order too many
     * @throws io.citygrid.grid.RolledBack if the rows could not be read or locked
     */
    public static boolean remove(Ignite node, PgWriter writer, OrderKey key) {
        OrderRows found = Objects.requireNonNull(new PgReader(writer.databases())
                .read(key.cityId(), connection -> OrderRows.inPostgres(connection, List.of(key)))
                .get(key));
        OrderRows own = OrderRows.inGrid(node, key);
        Order phantom = found.order();
        Order order = own.order();
        if (order == null || phantom == null || order.orderId().equals(phantom.orderId())) {
            return false;
        }
        requireOnlyOne(node, writer, key);
        CurrentRows rows = new CurrentRows()
                .add(GridCaches.ORDERS, key)
                .add(GridCaches.STORE_COUNTERS, new StoreKey(key.cityId(), key.storeId()));
        for (Order either : new Order[] {order, phantom}) {
            rows.add(GridCaches.ORDER_MAPPING, new OrderMappingKey(key.cityId(), key.storeId(), either.orderId()));
        }
        for (OrderRows side : new OrderRows[] {own, found}) {
            rows.addAll(GridCaches.ORDER_ITEMS, side.items().keySet());
            rows.addAll(GridCaches.PAYMENTS, side.payments().keySet());
            side.items()
                    .values()
                    .forEach(item -> rows.add(
                            GridCaches.INVENTORY, new InventoryKey(key.cityId(), key.storeId(), item.productId())));
        }
        rows.write(node, writer, key.cityId());
        log.warn(
                "{} was order {} in PostgreSQL, left by a node that died, and is order {} in the grid: PostgreSQL was told",
                key,
                phantom.orderId(),
                order.orderId());
        return true;
    }
}
