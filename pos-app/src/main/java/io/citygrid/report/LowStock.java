package io.citygrid.report;

import io.citygrid.catalog.StoreDirectory;
import io.citygrid.catalog.StoreDirectory.StoreEntry;
import io.citygrid.grid.client.GridClient;
import io.citygrid.model.CityFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What runs out on the shelves. */
@Component
public final class LowStock {
    /** A product of which a store has little. */
    public record Row(int storeId, String store, int productId, String product, int quantity) {}

    private final GridClient grid;
    private final StoreDirectory stores;
    private final ReportNames names;

    LowStock(GridClient grid, StoreDirectory stores, ReportNames names) {
        this.grid = grid;
        this.stores = stores;
        this.names = names;
    }

    /**
     * The products of which a store has fewer than {@code below}, the fewest first.
     *
     * @param cityId the only city; {@code null} for all
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid does not answer
     */
    public List<Row> find(@Nullable Integer cityId, int below, int limit) {
        String sql = "SELECT store_id, product_id, quantity FROM inventory WHERE quantity < ? "
                + "ORDER BY quantity, store_id, product_id LIMIT ?";
        List<List<?>> found = cityId == null
                ? grid.query(sql, below, limit)
                : grid.queryIn(
                        IntStream.range(0, CityFragment.SLOTS)
                                .map(slot -> cityId * CityFragment.SLOTS + slot)
                                .toArray(),
                        sql,
                        below,
                        limit);
        Map<Integer, String> products =
                names.products(found.stream().map(row -> (Integer) row.get(1)).toList());
        List<Row> rows = new ArrayList<>();
        for (List<?> row : found) {
            int storeId = (Integer) row.get(0);
            int productId = (Integer) row.get(1);
            rows.add(new Row(
                    storeId,
                    stores.find(storeId).map(StoreEntry::name).orElse(String.valueOf(storeId)),
                    productId,
                    products.getOrDefault(productId, String.valueOf(productId)),
                    (Integer) row.get(2)));
        }
        return rows;
    }
}
