package io.citygrid.order;

import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.outbox.StoreOpening;
import io.citygrid.model.Moments;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.Completed;
import io.citygrid.model.order.OrderOutcome.OutOfStock;
import io.citygrid.model.order.OrderOutcome.Shortage;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;

/** Baskets of one city that are sold in one grid transaction, one after the other, as if each had its own. */
final class SaleGroup {
    private final List<Sale> sales;
    private final CityAuthority authority;

    SaleGroup(List<Sale> sales, CityAuthority authority) {
        this.sales = sales;
        this.authority = authority;
    }

    /** How each ended, in their order; empty for an order id that is known already, for which nothing is written. */
    List<Optional<OrderOutcome>> sell(Ignite node, GridTransaction transaction) {
        List<Sale> unknown = unknown(transaction);
        TreeSet<InventoryKey> products = new TreeSet<>();
        unknown.forEach(sale -> products.addAll(sale.inventoryKeys()));
        Map<InventoryKey, Inventory> stock = new HashMap<>(transaction.lockAll(GridCaches.INVENTORY, products));

        Map<Sale, OrderOutcome> refused = refusals(unknown, stock);
        TreeSet<StoreKey> stores = new TreeSet<>();
        unknown.stream().filter(sale -> !refused.containsKey(sale)).forEach(sale -> stores.add(sale.store()));
        Map<StoreKey, StoreCounter> counters = new HashMap<>();
        if (!stores.isEmpty()) {
            // The counters are locked last, and whoever has them can be refused no more but by the questions that
            // follow. They are asked when all locks are held, since a node that was frozen meanwhile may have been
            // given up by the others, and a store may have been shut.
            counters.putAll(transaction.lockAll(GridCaches.STORE_COUNTERS, stores));
            authority.require();
            stores.forEach(StoreOpening.of(node)::requireOpen);
        }
        Instant now = Moments.now();
        List<Optional<OrderOutcome>> outcomes = new ArrayList<>();
        for (Sale sale : sales) {
            @Nullable OrderOutcome refusal = refused.get(sale);
            if (!unknown.contains(sale)) {
                outcomes.add(Optional.empty());
            } else if (refusal != null) {
                outcomes.add(Optional.of(refusal));
            } else {
                transaction.nameEntry(sale.request().orderId());
                outcomes.add(Optional.of(new Completed(sale.write(transaction, stock, counters, now))));
            }
        }
        return outcomes;
    }

    /** Those whose order ids became no order yet; of several with one id, the first. */
    private List<Sale> unknown(GridTransaction transaction) {
        Map<OrderMappingKey, Sale> byId = new HashMap<>();
        sales.forEach(sale -> byId.putIfAbsent(sale.mappingKey(), sale));
        Map<OrderMappingKey, OrderMapping> known =
                transaction.lockAll(GridCaches.ORDER_MAPPING, new TreeSet<>(byId.keySet()));
        return sales.stream()
                .filter(sale -> byId.get(sale.mappingKey()) == sale && !known.containsKey(sale.mappingKey()))
                .toList();
    }

    /** Whom the shelves are too empty for, after those before him have taken theirs. */
    private static Map<Sale, OrderOutcome> refusals(List<Sale> sales, Map<InventoryKey, Inventory> stock) {
        Map<InventoryKey, Integer> onHand = new HashMap<>();
        stock.forEach((key, row) -> onHand.put(key, row.quantity()));
        Map<Sale, OrderOutcome> refused = new HashMap<>();
        for (Sale sale : sales) {
            List<Shortage> shortages = new ArrayList<>();
            sale.basket().quantities().forEach((productId, wanted) -> {
                int there = onHand.getOrDefault(sale.inventoryKey(productId), 0);
                if (there < wanted) {
                    Product product = sale.products().get(productId);
                    shortages.add(new Shortage(productId, product == null ? "" : product.name(), wanted, there));
                }
            });
            if (shortages.isEmpty()) {
                sale.basket()
                        .quantities()
                        .forEach((productId, wanted) ->
                                onHand.merge(sale.inventoryKey(productId), -wanted, Integer::sum));
            } else {
                refused.put(sale, new OutOfStock(shortages));
            }
        }
        return refused;
    }
}
