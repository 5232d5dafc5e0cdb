package io.citygrid.stock.web;

import io.citygrid.catalog.ProductSearch;
import io.citygrid.catalog.ProductSearch.ProductEntry;
import io.citygrid.catalog.SearchWords;
import io.citygrid.catalog.StoreDirectory.StoreEntry;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.model.CityFragment;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * What a store has on hand. Stock and catalogue are read one after the other and put together here: joined in SQL, the engine
 * would run the join on every node for what is one store's few rows.
 */
@Component
final class StockOnHand {
    /** Rows of the list of a whole store. */
    static final int ROWS_MAX = 10_000;

    private static final int PRODUCTS_AT_ONCE = 500;

    /** A product in a store. */
    record Row(int productId, String sku, String name, int quantity, BigDecimal price) {}

    private final GridClient grid;
    private final ProductSearch products;

    StockOnHand(GridClient grid, ProductSearch products) {
        this.grid = grid;
        this.products = products;
    }

    /** Everything the store carries, by product. */
    List<Row> all(StoreEntry store) {
        Map<Integer, Integer> quantities = new TreeMap<>();
        grid.query(
                        "SELECT product_id, quantity FROM inventory WHERE city_fragment = ? AND store_id = ? "
                                + "ORDER BY product_id LIMIT ?",
                        CityFragment.of(store.cityId(), store.id()),
                        store.id(),
                        ROWS_MAX)
                .forEach(row -> quantities.put((Integer) row.get(0), (Integer) row.get(1)));
        Map<Integer, Product> catalogue = catalogue(quantities.keySet());
        List<Row> rows = new ArrayList<>();
        quantities.forEach((id, quantity) -> {
            Product product = catalogue.get(id);
            if (product != null) {
                rows.add(new Row(id, product.sku(), product.name(), quantity, product.price()));
            }
        });
        return rows;
    }

    private Map<Integer, Product> catalogue(Collection<Integer> ids) {
        Map<Integer, Product> found = new TreeMap<>();
        TreeSet<Integer> batch = new TreeSet<>();
        for (int id : ids) {
            batch.add(id);
            if (batch.size() == PRODUCTS_AT_ONCE) {
                found.putAll(grid.getAll(GridCaches.PRODUCTS, batch));
                batch.clear();
            }
        }
        found.putAll(grid.getAll(GridCaches.PRODUCTS, batch));
        return found;
    }

    /** What a search of the catalogue finds and the store carries, in the order of the search. */
    List<Row> matching(StoreEntry store, SearchWords search, int limit) {
        Collection<ProductEntry> matches = products.find(search, limit);
        TreeSet<InventoryKey> keys = new TreeSet<>();
        matches.forEach(product -> keys.add(new InventoryKey(store.cityId(), store.id(), product.id())));
        Map<InventoryKey, Inventory> stock = grid.getAll(GridCaches.INVENTORY, keys);
        return matches.stream()
                .map(product -> {
                    Inventory onHand = stock.get(new InventoryKey(store.cityId(), store.id(), product.id()));
                    return onHand == null
                            ? null
                            : new Row(product.id(), product.sku(), product.name(), onHand.quantity(), product.price());
                })
                .filter(Objects::nonNull)
                .toList();
    }

    /** The row of one product, or nothing if the store does not carry it. */
    List<Row> of(StoreEntry store, int productId) {
        if (productId < 1) {
            return List.of();
        }
        Inventory onHand = grid.get(GridCaches.INVENTORY, new InventoryKey(store.cityId(), store.id(), productId));
        Product product = grid.get(GridCaches.PRODUCTS, productId);
        return onHand == null || product == null
                ? List.of()
                : List.of(new Row(productId, product.sku(), product.name(), onHand.quantity(), product.price()));
    }
}
