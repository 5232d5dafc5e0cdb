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
import org.apache.ignite.thread.IgniteThread;
import org.jspecify.annotations.Nullable;

/**
 * SQL functions that name what a row refers to. Every node has all cities, categories and products, and the stores of the
 * fragments that it holds, so the name is looked up where the row is read. A join would not be: Calcite 2.17 brings both sides of a
 * join with a replicated table to one node, unless it is joined on the city fragment.
 */
public final class ReportFunctions {
    /** What a node's thread has found before: it works for that node as long as it lives, and asks for every line. */
    private static final ThreadLocal<@Nullable ReportFunctions> OF_THREAD = new ThreadLocal<>();

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

    private final Ignite node;

    private ReportFunctions(Ignite node) {
        this.node = node;
    }

    /** Those of the node on which a query runs. */
    private static ReportFunctions here() {
        if (!(Thread.currentThread() instanceof IgniteThread)) {
            return of(Ignition.localIgnite());
        }
        ReportFunctions known = OF_THREAD.get();
        if (known == null) {
            known = of(Ignition.localIgnite());
            OF_THREAD.set(known);
        }
        return known;
    }

    private static ReportFunctions of(Ignite node) {
        return node.cluster()
                .<String, ReportFunctions>nodeLocalMap()
                .computeIfAbsent(ReportFunctions.class.getName(), unused -> new ReportFunctions(node));
    }

    @QuerySqlFunction(alias = "CITY_NAME")
    public static @Nullable String cityName(int cityId) {
        ReportFunctions here = here();
        return here.cities.of(here.node, cityId);
    }

    @QuerySqlFunction(alias = "CATEGORY_NAME")
    public static @Nullable String categoryName(int categoryId) {
        ReportFunctions here = here();
        return here.categories.of(here.node, categoryId);
    }

    @QuerySqlFunction(alias = "PRODUCT_NAME")
    public static @Nullable String productName(int productId) {
        ReportFunctions here = here();
        return here.products.of(here.node, productId);
    }

    @QuerySqlFunction(alias = "PRODUCT_SKU")
    public static @Nullable String productSku(int productId) {
        ReportFunctions here = here();
        return here.skus.of(here.node, productId);
    }

    /** The category in which a product is now. */
    @QuerySqlFunction(alias = "PRODUCT_CATEGORY_ID")
    public static @Nullable Integer productCategoryId(int productId) {
        ReportFunctions here = here();
        return here.productCategories.of(here.node, productId);
    }

    /** The price in the catalogue now, in hundredths: a function cannot say that it answers a DECIMAL(12,2). */
    @QuerySqlFunction(alias = "PRODUCT_PRICE_HUNDREDTHS")
    public static @Nullable Long productPriceHundredths(int productId) {
        ReportFunctions here = here();
        return here.prices.of(here.node, productId);
    }

    /** Of a store in the fragment whose rows are read. */
    @QuerySqlFunction(alias = "STORE_NAME")
    public static @Nullable String storeName(int cityFragment, int storeId) {
        ReportFunctions here = here();
        return here.stores.of(here.node, new StoreKey(CityFragment.cityOf(cityFragment), storeId));
    }

    /** Of a store in the fragment whose rows are read. */
    @QuerySqlFunction(alias = "STORE_CODE")
    public static @Nullable String storeCode(int cityFragment, int storeId) {
        ReportFunctions here = here();
        return here.storeCodes.of(here.node, new StoreKey(CityFragment.cityOf(cityFragment), storeId));
    }
}
