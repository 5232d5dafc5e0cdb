package io.citygrid.catalog.web;

import io.citygrid.catalog.CityDirectory;
import io.citygrid.catalog.CityDirectory.CityEntry;
import io.citygrid.catalog.ProductSearch;
import io.citygrid.catalog.ProductSearch.ProductEntry;
import io.citygrid.catalog.SearchWords;
import io.citygrid.catalog.StoreDirectory;
import io.citygrid.catalog.StoreDirectory.StoreEntry;
import io.citygrid.web.access.Visitor;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/cities}, {@code /api/stores} and {@code /api/products}. */
@RestController
@RequestMapping("/api")
final class CatalogController {
    private final CityDirectory cities;
    private final StoreDirectory stores;
    private final ProductSearch products;
    private final Visitor visitor;

    CatalogController(CityDirectory cities, StoreDirectory stores, ProductSearch products, Visitor visitor) {
        this.cities = cities;
        this.stores = stores;
        this.products = products;
        this.visitor = visitor;
    }

    @GetMapping("/cities")
    Collection<CityEntry> cities() {
        return cities.all();
    }

    /** Those that the user works for. */
    @GetMapping("/stores")
    List<StoreEntry> stores(@RequestParam(name = "cityId", required = false) @Nullable Integer cityId) {
        return stores.all().stream()
                .filter(store -> cityId == null || store.cityId() == cityId)
                .filter(store -> visitor.isOf(store.cityId()))
                .toList();
    }

    @GetMapping("/products")
    Collection<ProductEntry> products(
            @RequestParam(name = "query", defaultValue = "") @Size(max = SearchWords.LENGTH_MAX) String query,
            @RequestParam(name = "limit", defaultValue = "50") @Min(1) @Max(200) int limit) {
        return products.find(SearchWords.of(query), limit);
    }
}
