package io.citygrid.catalog;

import io.citygrid.grid.client.GridClient;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which stores there are and in which city each is: what a store id alone does not say and every key needs. */
@Component
public final class StoreDirectory {
    /** Stores of one chain. */
    private static final int STORES_MAX = 10_000;

    /** A store as callers see it. */
    public record StoreEntry(int id, String code, String name, int cityId) {}

    private final Remembered<Map<Integer, StoreEntry>> stores;

    StoreDirectory(GridClient grid) {
        this.stores = new Remembered<>(Map.of(), () -> read(grid));
    }

    private static Map<Integer, StoreEntry> read(GridClient grid) {
        Map<Integer, StoreEntry> stores = new LinkedHashMap<>();
        for (List<?> row :
                grid.query("SELECT store_id, code, name, city_id FROM stores ORDER BY store_id LIMIT ?", STORES_MAX)) {
            int id = (Integer) row.get(0);
            stores.put(id, new StoreEntry(id, (String) row.get(1), (String) row.get(2), (Integer) row.get(3)));
        }
        return Collections.unmodifiableMap(stores);
    }

    /**
     * The store, if there is one. Does not ask the grid for a store that is known.
     *
     * @throws io.citygrid.grid.client.OutcomeUnknown if the store is not known and the grid does not answer
     */
    public Optional<StoreEntry> find(int storeId) {
        StoreEntry known = stores.last().get(storeId);
        return Optional.ofNullable(known != null ? known : stores.renewed().get(storeId));
    }

    /**
     * All stores by id.
     *
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid does not answer
     */
    public Collection<StoreEntry> all() {
        return stores.recent().values();
    }
}
