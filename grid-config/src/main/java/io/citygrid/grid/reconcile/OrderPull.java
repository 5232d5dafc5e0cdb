package io.citygrid.grid.reconcile;

import io.citygrid.durability.PgOrder;
import io.citygrid.durability.PgTables;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.outbox.OrderRows;
import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orders of a store that PostgreSQL has beyond the grid's last number are taken over, in the order of their numbers and some
 * at a time: order, lines, payments, mapping, what they took from the stock, and the store's counter. After each grid transaction
 * the store is as it was after an order that was once its last, so whoever is interrupted goes on from there.
 */
final class OrderPull {
    private static final Logger log = LoggerFactory.getLogger(OrderPull.class);

    /** Orders of one grid transaction; each has up to some hundred rows. */
    static final int BATCH = 20;

    private final Place place;
    private final StoreKey store;

    OrderPull(Place place, StoreKey store) {
        this.place = place;
        this.store = store;
    }

    /** What PostgreSQL has of the next orders. */
    private record Next(
            SortedMap<OrderKey, OrderRows> orders,
            Map<OrderMappingKey, OrderMapping> mappings,
            Map<InventoryKey, Inventory> stock,
            @Nullable StoreCounter counter,
            long last) {}

    /**
     * Takes over all of them.
     *
     * @return why not, if they have a gap, are not whole, or took out more than there is; then those before are taken over
     * @throws io.citygrid.durability.DatabaseRefusal if PostgreSQL cannot be asked
     * @throws RolledBack if the grid rolled back
     */
    Optional<String> run() {
        long taken = 0;
        while (true) {
            StoreCounter counter = GridTransaction.run(place.node(), own -> own.lock(GridCaches.STORE_COUNTERS, store));
            long from = counter == null ? 0 : counter.lastOrderNo();
            Next next = place.reader().read(place.cityId(), connection -> read(connection, from));
            if (next.last() <= from) {
                if (taken > 0) {
                    log.warn("{} orders of {} were in PostgreSQL alone: the grid has taken them over", taken, store);
                }
                return Optional.empty();
            }
            Optional<String> conflict = conflict(next, from);
            if (conflict.isPresent()) {
                return conflict;
            }
            try {
                if (!adopt(next, from)) {
                    return Optional.of("PostgreSQL has orders of " + store + " after " + from
                            + " that the grid has sold under other numbers");
                }
            } catch (StockAfter.BelowZero tooLittle) {
                return Optional.of(String.valueOf(tooLittle.getMessage()));
            }
            taken += next.orders().size();
        }
    }

    private Optional<String> conflict(Next next, long from) {
        long number = from;
        for (Map.Entry<OrderKey, OrderRows> found : next.orders().entrySet()) {
            number++;
            if (found.getKey().orderNo() != number) {
                break;
            }
            if (!found.getValue().whole()) {
                return Optional.of("PostgreSQL has order " + number + " of " + store + " without all its lines");
            }
        }
        return next.orders().size() == Math.min(BATCH, next.last() - from)
                ? Optional.empty()
                : Optional.of("PostgreSQL has orders of " + store + " up to " + next.last() + ", but not all after "
                        + from + ", which is the grid's last");
    }

    private Next read(Connection connection, long from) throws SQLException {
        long last = PgOrder.lastNumber(connection, store);
        List<OrderKey> keys = new ArrayList<>();
        for (long number = from + 1; number <= Math.min(last, from + BATCH); number++) {
            keys.add(new OrderKey(store.cityId(), store.storeId(), number));
        }
        TreeMap<OrderKey, OrderRows> orders = new TreeMap<>(OrderRows.inPostgres(connection, keys));
        orders.values().removeIf(found -> found.order() == null);
        List<OrderMappingKey> ids =
                orders.values().stream().map(this::mappingKey).toList();
        return new Next(
                orders,
                PgTables.ORDER_MAPPING.withKeys(connection, ids),
                PgTables.INVENTORY.withKeys(connection, units(orders).keySet()),
                PgTables.STORE_COUNTERS.withKeys(connection, List.of(store)).get(store),
                last);
    }

    /** Answers whether the grid has taken them over; it does not if it knows an order's id already. */
    private boolean adopt(Next next, long from) {
        TreeMap<OrderMappingKey, OrderMapping> mappings = new TreeMap<>();
        next.orders().forEach((key, found) -> {
            OrderMappingKey id = mappingKey(found);
            mappings.put(id, Objects.requireNonNullElseGet(next.mappings().get(id), () -> mapping(key, found)));
        });
        TreeMap<InventoryKey, Long> units = units(next.orders());
        return GridTransaction.run(place.node(), transaction -> {
            if (!transaction
                    .lockAll(GridCaches.ORDER_MAPPING, new TreeSet<>(mappings.keySet()))
                    .isEmpty()) {
                return false;
            }
            Map<InventoryKey, Inventory> stock =
                    transaction.lockAll(GridCaches.INVENTORY, new TreeSet<>(units.keySet()));
            StoreCounter counter = transaction.lock(GridCaches.STORE_COUNTERS, store);
            if ((counter == null ? 0 : counter.lastOrderNo()) != from) {
                throw new RolledBack("store " + store.storeId() + " sold while orders were taken over");
            }
            Instant now = Moments.now();
            transaction.adoptAll(GridCaches.INVENTORY, StockAfter.of(stock, next.stock(), units, now));
            next.orders().forEach((key, found) -> {
                transaction.adopt(GridCaches.ORDERS, key, Objects.requireNonNull(found.order()));
                transaction.adoptAll(GridCaches.ORDER_ITEMS, found.items());
                transaction.adoptAll(GridCaches.PAYMENTS, found.payments());
            });
            transaction.adoptAll(GridCaches.ORDER_MAPPING, mappings);
            long last = next.orders().lastKey().orderNo();
            transaction.adopt(GridCaches.STORE_COUNTERS, store, counter(counter, next.counter(), last, now));
            return true;
        });
    }

    /** PostgreSQL's row where it says the same, so that both are equal in the end. */
    static StoreCounter counter(
            @Nullable StoreCounter inGrid, @Nullable StoreCounter inPostgres, long last, Instant now) {
        long version = inGrid == null ? 0 : inGrid.version();
        long other = inPostgres == null ? 0 : inPostgres.version();
        if (inPostgres != null && inPostgres.lastOrderNo() == last && other > version) {
            return inPostgres;
        }
        return new StoreCounter(last, Math.max(version, other) + Versioned.FIRST, now);
    }

    private TreeMap<InventoryKey, Long> units(Map<OrderKey, OrderRows> orders) {
        TreeMap<InventoryKey, Long> units = new TreeMap<>();
        orders.values().forEach(found -> found.items()
                .values()
                .forEach(item -> units.merge(
                        new InventoryKey(store.cityId(), store.storeId(), item.productId()),
                        (long) -item.quantity(),
                        Long::sum)));
        return units;
    }

    private OrderMappingKey mappingKey(OrderRows found) {
        return new OrderMappingKey(
                store.cityId(),
                store.storeId(),
                Objects.requireNonNull(found.order()).orderId());
    }

    /** What a sale writes for its order. */
    static OrderMapping mapping(OrderKey key, OrderRows found) {
        Order order = Objects.requireNonNull(found.order());
        return new OrderMapping(key.storeId(), key.orderNo(), order.customerId(), order.orderedAt(), Versioned.FIRST);
    }
}
