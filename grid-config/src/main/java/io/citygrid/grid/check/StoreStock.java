package io.citygrid.grid.check;

import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.OrderIndex;
import io.citygrid.grid.RolledBack;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;

/**
 * A store's stock: movements less what was sold is on hand. Products whose stock does not add up at first, because the store sells,
 * are looked at once more under the locks that a sale of them needs.
 */
final class StoreStock {
    /** Products that are locked together. */
    private static final int LOCKED_MAX = 50;

    /** Products that are looked at again; what is wrong with more is wrong with all. */
    private static final int SUSPECTS_MAX = 500;

    private final Ignite node;
    private final StoreKey store;
    private final StoreBooks books;
    private final Findings findings;

    StoreStock(Ignite node, StoreKey store, StoreBooks books, Findings findings) {
        this.node = node;
        this.store = store;
        this.books = books;
        this.findings = findings;
    }

    /** What a product's stock should be and what it is. */
    private record Count(int productId, long moved, long sold, int onHand) {
        boolean addsUp() {
            return moved - sold == onHand;
        }
    }

    /** @throws RolledBack if the grid could not be read or locked in time */
    void check() {
        Map<Integer, Integer> onHand = onHand();
        Map<Integer, Long> moved = moved();
        books.readToTheLast();
        TreeSet<Integer> products = new TreeSet<>(onHand.keySet());
        products.addAll(moved.keySet());
        products.addAll(books.sold().keySet());
        List<Integer> suspects = products.stream()
                .filter(product -> !new Count(
                                product,
                                moved.getOrDefault(product, 0L),
                                books.sold().getOrDefault(product, 0L),
                                onHand.getOrDefault(product, 0))
                        .addsUp())
                .limit(SUSPECTS_MAX)
                .toList();
        for (int from = 0; from < suspects.size(); from += LOCKED_MAX) {
            verify(suspects.subList(from, Math.min(suspects.size(), from + LOCKED_MAX)));
        }
        findings.looked("stock rows", onHand.size());
    }

    private void verify(List<Integer> products) {
        books.readToTheLast();
        for (Count count : countHeld(products)) {
            if (!count.addsUp()) {
                findings.wrong(
                        Trouble.STOCK,
                        "store " + store.storeId() + ": product " + count.productId() + " has " + count.onHand()
                                + " on hand, but " + count.moved() + " received less " + count.sold() + " sold are "
                                + (count.moved() - count.sold()));
            }
        }
    }

    /** All that changes these products' stock holds its row until everything it writes can be seen. */
    private List<Count> countHeld(List<Integer> products) {
        TreeSet<InventoryKey> keys = new TreeSet<>();
        products.forEach(product -> keys.add(new InventoryKey(store.cityId(), store.storeId(), product)));
        return GridTransaction.run(node, own -> {
            Map<InventoryKey, Inventory> held = own.lockAll(GridCaches.INVENTORY, keys);
            StoreCounter counter = own.lock(GridCaches.STORE_COUNTERS, store);
            Map<Integer, Long> soldSince = new HashMap<>();
            if (counter != null) {
                OrderIndex.read(
                        node,
                        GridCaches.ORDER_ITEMS,
                        store,
                        books.last(),
                        counter.lastOrderNo(),
                        (key, line) -> soldSince.merge(line.productId(), (long) line.quantity(), Long::sum));
            }
            Map<Integer, Long> moved = moved();
            List<Count> counts = new ArrayList<>();
            for (InventoryKey key : keys) {
                Inventory row = held.get(key);
                int product = key.productId();
                counts.add(new Count(
                        product,
                        moved.getOrDefault(product, 0L),
                        books.sold().getOrDefault(product, 0L) + soldSince.getOrDefault(product, 0L),
                        row == null ? 0 : row.quantity()));
            }
            return counts;
        });
    }

    private Map<Integer, Integer> onHand() {
        Map<Integer, Integer> onHand = new HashMap<>();
        each(GridCaches.INVENTORY, (key, row) -> {
            if (key.storeId() == store.storeId()) {
                onHand.put(key.productId(), row.quantity());
            }
        });
        return onHand;
    }

    private Map<Integer, Long> moved() {
        Map<Integer, Long> moved = new TreeMap<>();
        each(GridCaches.STOCK_MOVEMENTS, (key, movement) -> {
            if (key.storeId() == store.storeId()) {
                moved.merge(movement.productId(), (long) movement.delta(), Long::sum);
            }
        });
        return moved;
    }

    private <K, V> void each(GridCache<K, V> cache, BiConsumer<K, V> row) {
        ScanQuery<K, V> all = new ScanQuery<>();
        all.setPartition(store.cityFragment());
        all.setLocal(true);
        try (QueryCursor<Cache.Entry<K, V>> entries = cache.on(node).query(all)) {
            entries.forEach(entry -> row.accept(entry.getKey(), entry.getValue()));
        }
    }
}
