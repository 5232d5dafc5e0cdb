package io.citygrid.grid.outbox;

import io.citygrid.durability.PgOrder;
import io.citygrid.durability.WriteSet;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.Outbox;
import io.citygrid.grid.RolledBack;
import io.citygrid.model.Versioned;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over orders that a node left in PostgreSQL alone when it died between the two commits. */
final class OrderAdoption {
    private static final Logger log = LoggerFactory.getLogger(OrderAdoption.class);

    private OrderAdoption() {}

    /**
     * Takes the orders over in one grid transaction.
     *
     * @param before the store's counter when PostgreSQL was asked
     * @param found the orders after that, all of them
     * @return whether it did; it does not if they do not follow what the grid has
     * @throws RolledBack if the store has changed since, or rows could not be locked
     */
    static boolean adopt(Ignite node, StoreKey store, @Nullable StoreCounter before, List<PgOrder> found) {
        return GridTransaction.run(node, transaction -> {
            TreeMap<OrderMappingKey, OrderMapping> mappings = new TreeMap<>();
            TreeMap<InventoryKey, Inventory> stockAfter = new TreeMap<>();
            Map<InventoryKey, Integer> sales = new HashMap<>();
            for (PgOrder order : found) {
                mappings.put(
                        new OrderMappingKey(
                                store.cityId(), store.storeId(), order.order().orderId()),
                        new OrderMapping(
                                store.storeId(),
                                order.key().orderNo(),
                                order.order().customerId(),
                                order.order().orderedAt(),
                                Versioned.FIRST));
                stockAfter.putAll(order.stock());
                order.stock().keySet().forEach(product -> sales.merge(product, 1, Integer::sum));
            }
            Map<OrderMappingKey, OrderMapping> known =
                    transaction.lockAll(GridCaches.ORDER_MAPPING, new TreeSet<>(mappings.keySet()));
            Map<InventoryKey, Inventory> stock =
                    transaction.lockAll(GridCaches.INVENTORY, new TreeSet<>(stockAfter.keySet()));
            StoreCounter counter = transaction.lock(GridCaches.STORE_COUNTERS, store);
            if (version(counter) != version(before)) {
                throw new RolledBack("the store changed while it was opened");
            }
            if (!known.isEmpty()) {
                // A register asked again and was sold to under another number: PostgreSQL's are phantoms.
                return false;
            }
            StoreCounter counterAfter = found.get(found.size() - 1).counter();
            // Every sale raises the version of what it changes by one.
            boolean follows = counterAfter.version() == version(counter) + found.size()
                    && stockAfter.entrySet().stream()
                            .allMatch(row -> follows(stock.get(row.getKey()), row.getValue(), sales.get(row.getKey())));
            if (!follows) {
                return false;
            }
            for (PgOrder order : found) {
                transaction.adopt(GridCaches.ORDERS, order.key(), order.order());
                transaction.adoptAll(GridCaches.ORDER_ITEMS, order.items());
                transaction.adoptAll(GridCaches.PAYMENTS, order.payments());
            }
            transaction.adoptAll(GridCaches.INVENTORY, stockAfter);
            transaction.adoptAll(GridCaches.ORDER_MAPPING, mappings);
            transaction.adopt(GridCaches.STORE_COUNTERS, store, counterAfter);
            // Whoever was told to look at the orders after a commit that failed may just have removed them from
            // PostgreSQL.
            Outbox.putDoubtful(node, rows(found, mappings), "taken over from PostgreSQL");
            log.warn(
                    "{} to {} were in PostgreSQL alone, left by a node that died: the grid has taken them over",
                    found.get(0).key(),
                    found.get(found.size() - 1).key().orderNo());
            return true;
        });
    }

    private static long version(@Nullable StoreCounter counter) {
        return counter == null ? 0 : counter.version();
    }

    private static WriteSet rows(List<PgOrder> orders, Map<OrderMappingKey, OrderMapping> mappings) {
        WriteSet rows = new WriteSet();
        for (PgOrder order : orders) {
            rows.put(GridCaches.ORDERS.name(), order.key(), order.order());
            order.items().forEach((key, item) -> rows.put(GridCaches.ORDER_ITEMS.name(), key, item));
            order.payments().forEach((key, payment) -> rows.put(GridCaches.PAYMENTS.name(), key, payment));
            order.stock().forEach((key, stock) -> rows.put(GridCaches.INVENTORY.name(), key, stock));
            rows.put(
                    GridCaches.STORE_COUNTERS.name(),
                    new StoreKey(order.key().cityId(), order.key().storeId()),
                    order.counter());
        }
        mappings.forEach((key, mapping) -> rows.put(GridCaches.ORDER_MAPPING.name(), key, mapping));
        return rows;
    }

    private static boolean follows(@Nullable Inventory inGrid, Inventory inPostgres, @Nullable Integer sales) {
        return inGrid != null && sales != null && inPostgres.version() == inGrid.version() + sales;
    }
}
