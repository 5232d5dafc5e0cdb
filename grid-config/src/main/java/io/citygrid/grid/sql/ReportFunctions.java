package io.citygrid.grid.sql;

import io.citygrid.grid.GridCaches;
import io.citygrid.model.CityFragment;
import io.citygrid.model.catalog.Category;
import io.citygrid.model.catalog.City;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.store.Store;
import io.citygrid.model.store.StoreKey;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.query.annotations.QuerySqlFunction;
import org.jspecify.annotations.Nullable;

/**
 * SQL functions that name what a row refers to. Every node has all cities, categories and products, and the stores of the
 * fragments that it holds, so the name is looked up where the row is read. A join would not be: Calcite 2.17 brings both sides of a
 * join with a replicated table to one node, unless it is joined on the city fragment.
 */
public final class ReportFunctions {
    private final Names<Integer, City, String> cities = new Names<>(GridCaches.CITIES, City::name);
    private final Names<Integer, Category, String> categories = new Names<>(GridCaches.CATEGORIES, Category::name);
    private final Names<Integer, Product, String> products = new Names<>(GridCaches.PRODUCTS, Product::name);
    private final Names<Integer, Product, String> skus = new Names<>(GridCaches.PRODUCTS, Product::sku);
    private final Names<Integer, Product, Integer> productCategories =
            new Names<>(GridCaches.PRODUCTS, Product::categoryId);
    private final Names<Integer, Product, Long> prices =
            new Names<>(GridCaches.PRODUCTS, product -> Names.hundredths(product.price()));
    private final Names<StoreKey, Store, String> stores = new Names<>(GridCaches.STORES, Store::name);
    private final Names<StoreKey, Store, String> storeCodes = new Names<>(GridCaches.STORES, Store::code);

    private ReportFunctions() {}

    private static ReportFunctions of(Ignite node) {
        return node.cluster()
                .<String, ReportFunctions>nodeLocalMap()
                .computeIfAbsent(ReportFunctions.class.getName(), unused -> new ReportFunctions());
    }

    /** The node on which a query runs. */
    private static Ignite node() {
        return Ignition.localIgnite();
    }

    @QuerySqlFunction(alias = "CITY_NAME")
    public static @Nullable String cityName(int cityId) {
        Ignite node = node();
        return of(node).cities.of(node, cityId);
    }

    @QuerySqlFunction(alias = "CATEGORY_NAME")
    public static @Nullable String categoryName(int categoryId) {
        Ignite node = node();
        return of(node).categories.of(node, categoryId);
    }

    @QuerySqlFunction(alias = "PRODUCT_NAME")
    public static @Nullable String productName(int productId) {
        Ignite node = node();
        return of(node).products.of(node, productId);
    }

    @QuerySqlFunction(alias = "PRODUCT_SKU")
    public static @Nullable String productSku(int productId) {
        Ignite node = node();
        return of(node).skus.of(node, productId);
    }

    /** The category in which a product is now. */
    @QuerySqlFunction(alias = "PRODUCT_CATEGORY_ID")
    public static @Nullable Integer productCategoryId(int productId) {
        Ignite node = node();
        return of(node).productCategories.of(node, productId);
    }

    /** The price in the catalogue now, in hundredths: a function cannot say that it answers a DECIMAL(12,2). */
    @QuerySqlFunction(alias = "PRODUCT_PRICE_HUNDREDTHS")
    public static @Nullable Long productPriceHundredths(int productId) {
        Ignite node = node();
        return of(node).prices.of(node, productId);
    }

    /** Of a store in the fragment whose rows are read. */
    @QuerySqlFunction(alias = "STORE_NAME")
    public static @Nullable String storeName(int cityFragment, int storeId) {
        Ignite node = node();
        return of(node).stores.of(node, new StoreKey(CityFragment.cityOf(cityFragment), storeId));
    }

    /** Of a store in the fragment whose rows are read. */
    @QuerySqlFunction(alias = "STORE_CODE")
    public static @Nullable String storeCode(int cityFragment, int storeId) {
        Ignite node = node();
        return of(node).storeCodes.of(node, new StoreKey(CityFragment.cityOf(cityFragment), storeId));
    }
}
