package io.citygrid.load.catalog;

import io.citygrid.load.chain.ChainStore;
import io.citygrid.load.identity.StableId;
import io.citygrid.model.stock.StockReason;
import io.citygrid.model.stock.StockRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The goods that every store receives before it sells: of each product 100 units and twice what the store is going to sell, so
 * that a replay never runs short and leaves something on the shelf.
 */
public final class OpeningStock {
    /** Units of a product that a store receives even if it sells none. */
    public static final int BASE = 100;

    /** More of one product than any store takes at once. */
    static final int UNITS_MAX = 1_000_000;

    private OpeningStock() {}

    /** What the stores are going to sell. */
    public interface Demand {
        /** Units of the product that will be sold in the store; 0 or more. */
        long units(int storeId, int productId);
    }

    /**
     * The deliveries. A movement's id is made of store, SKU and units, so the same delivery is booked once however often it is
     * loaded, and a larger one, for a file that sells more, is booked on top.
     *
     * @param origin what the stock is for, part of every movement's id
     * @param skus by product id
     */
    public static List<StockRequest> deliveries(
            String origin, List<ChainStore> stores, SortedMap<Integer, String> skus, Demand demand) {
        List<StockRequest> deliveries = new ArrayList<>();
        for (ChainStore store : stores) {
            List<StockRequest.Line> lines = new ArrayList<>();
            for (Map.Entry<Integer, String> product : skus.entrySet()) {
                int units = units(demand.units(store.id(), product.getKey()));
                String movement =
                        String.join(":", origin, "opening-stock", store.code(), product.getValue(), "" + units);
                lines.add(new StockRequest.Line(StableId.of(movement), product.getKey(), units));
                if (lines.size() == CatalogLoad.BATCH) {
                    deliveries.add(new StockRequest(store.cityId(), store.id(), StockReason.RECEIVED, lines));
                    lines = new ArrayList<>();
                }
            }
            if (!lines.isEmpty()) {
                deliveries.add(new StockRequest(store.cityId(), store.id(), StockReason.RECEIVED, lines));
            }
        }
        return deliveries;
    }

    private static int units(long sold) {
        return (int) Math.min(UNITS_MAX, BASE + 2 * sold);
    }
}
