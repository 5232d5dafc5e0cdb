package io.citygrid.report;

import io.citygrid.catalog.CityDirectory;
import io.citygrid.catalog.CityDirectory.CityEntry;
import io.citygrid.catalog.StoreDirectory;
import io.citygrid.catalog.StoreDirectory.StoreEntry;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.model.catalog.Category;
import io.citygrid.model.catalog.Product;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Names of what reports are grouped by, looked up for the few groups that there are instead of for every row. */
@Component
final class ReportNames {
    private static final int ROWS_AT_ONCE = 500;

    private final GridClient grid;
    private final CityDirectory cities;
    private final StoreDirectory stores;

    ReportNames(GridClient grid, CityDirectory cities, StoreDirectory stores) {
        this.grid = grid;
        this.cities = cities;
        this.stores = stores;
    }

    Map<Integer, String> cities(List<Integer> ids) {
        return cities.known(new HashSet<>(ids)).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, city -> name(city.getValue())));
    }

    private static String name(CityEntry city) {
        return city.name();
    }

    Map<Integer, String> stores(List<Integer> ids) {
        Map<Integer, String> names = new HashMap<>();
        ids.forEach(id -> stores.find(id).map(StoreEntry::name).ifPresent(name -> names.put(id, name)));
        return names;
    }

    Map<Integer, String> categories(List<Integer> ids) {
        return names(GridCaches.CATEGORIES, ids, Category::name);
    }

    Map<Integer, String> products(List<Integer> ids) {
        return names(GridCaches.PRODUCTS, ids, Product::name);
    }

    private <V> Map<Integer, String> names(
            GridCache<Integer, V> cache, Collection<Integer> ids, Function<V, String> name) {
        Map<Integer, String> names = new HashMap<>();
        TreeSet<Integer> batch = new TreeSet<>();
        for (int id : ids) {
            batch.add(id);
            if (batch.size() == ROWS_AT_ONCE) {
                grid.getAll(cache, batch).forEach((key, row) -> names.put(key, name.apply(row)));
                batch.clear();
            }
        }
        grid.getAll(cache, batch).forEach((key, row) -> names.put(key, name.apply(row)));
        return names;
    }
}
