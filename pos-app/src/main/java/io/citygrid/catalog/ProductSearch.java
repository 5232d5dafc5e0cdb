package io.citygrid.catalog;

import io.citygrid.grid.client.GridClient;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds products by SKU, barcode or words of their name. */
@Component
public final class ProductSearch {
    private static final String COLUMNS = "SELECT id, sku, barcode, name, category_id, price FROM products WHERE ";

    /** A product as callers see it. */
    public record ProductEntry(
            int id, String sku, @Nullable String barcode, String name, int categoryId, BigDecimal price) {}

    private final GridClient grid;

    ProductSearch(GridClient grid) {
        this.grid = grid;
    }

    /**
     * At most {@code limit} products: first those whose SKU or barcode is the text, then those whose name has all its words, by
     * name.
     *
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid does not answer
     */
    public Collection<ProductEntry> find(SearchWords search, int limit) {
        Map<Integer, ProductEntry> found = new LinkedHashMap<>();
        if (!search.isEmpty()) {
            List<Object> codes = new ArrayList<>(search.codes());
            codes.addAll(search.codes());
            codes.add(limit);
            read(
                    COLUMNS + search.isCode("sku") + " OR " + search.isCode("barcode") + " ORDER BY id LIMIT ?",
                    codes,
                    found);
        }
        if (found.size() < limit) {
            List<Object> words = new ArrayList<>(search.words());
            words.add(limit);
            read(COLUMNS + search.occurIn("name") + " ORDER BY name, id LIMIT ?", words, found);
        }
        return found.values().stream().limit(limit).toList();
    }

    private void read(String sql, List<Object> arguments, Map<Integer, ProductEntry> found) {
        for (List<?> row : grid.query(sql, arguments.toArray())) {
            int id = (Integer) row.get(0);
            found.putIfAbsent(
                    id,
                    new ProductEntry(
                            id,
                            (String) row.get(1),
                            (String) row.get(2),
                            (String) row.get(3),
                            (Integer) row.get(4),
                            (BigDecimal) row.get(5)));
        }
    }
}
