package io.citygrid.bench.contender;

import io.citygrid.bench.drive.Assortment;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.launch.CannotStart;
import io.citygrid.load.chain.ChainStore;
import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import io.citygrid.model.catalog.Category;
import io.citygrid.model.catalog.City;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.customer.Customer;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.stock.StockOutcome;
import io.citygrid.model.stock.StockReason;
import io.citygrid.model.stock.StockRequest;
import io.citygrid.model.store.Store;
import io.citygrid.model.store.StoreKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Puts the assortment into an empty grid, the way a chain's master data gets there. */
final class GridFill {
    /** As much as a store takes of one product at once. */
    private static final int DELIVERY = 1_000_000;

    private final GridClient grid;
    private final Assortment assortment;
    private final Instant now = Moments.now();

    GridFill(GridClient grid, Assortment assortment) {
        this.grid = grid;
        this.assortment = assortment;
    }

    void run() {
        Map<Integer, City> cities = new HashMap<>();
        assortment.cityNames().forEach((id, name) -> cities.put(id, new City(name, Versioned.FIRST, now, now)));
        grid.merge(GridCaches.CITIES, cities);
        Map<Integer, Category> categories = new HashMap<>();
        for (int id = 1; id <= Assortment.CATEGORIES; id++) {
            categories.put(id, new Category("Category " + id, Versioned.FIRST, now, now));
        }
        grid.merge(GridCaches.CATEGORIES, categories);
        grid.merge(GridCaches.PRODUCTS, products());
        Map<StoreKey, Store> stores = new HashMap<>();
        for (ChainStore store : assortment.stores()) {
            stores.put(
                    new StoreKey(store.cityId(), store.id()),
                    new Store(store.code(), store.name(), store.cityId(), Versioned.FIRST, now, now));
        }
        grid.merge(GridCaches.STORES, stores);
        grid.merge(GridCaches.CUSTOMERS, customers());
        assortment.stores().forEach(this::deliver);
    }

    private Map<Integer, Product> products() {
        Map<Integer, Product> products = new HashMap<>();
        for (int id = 1; id <= Assortment.PRODUCTS; id++) {
            products.put(
                    id,
                    new Product(
                            "SKU" + id,
                            null,
                            "Product " + id,
                            Assortment.category(id),
                            Assortment.price(id),
                            Versioned.FIRST,
                            now,
                            now));
        }
        return products;
    }

    private Map<CustomerKey, Customer> customers() {
        Map<CustomerKey, Customer> customers = new HashMap<>();
        for (int city : assortment.cityNames().keySet()) {
            for (int i = 1; i <= Assortment.CUSTOMERS_PER_CITY; i++) {
                int id = Assortment.customersBelow(city) + i;
                customers.put(
                        new CustomerKey(city, id),
                        new Customer("C" + id, "Customer " + id, city, Versioned.FIRST, now, now));
            }
        }
        return customers;
    }

    private void deliver(ChainStore store) {
        for (int delivered = 0; delivered < Assortment.ON_HAND; delivered += DELIVERY) {
            List<StockRequest.Line> lines = new ArrayList<>();
            for (int id = 1; id <= Assortment.PRODUCTS; id++) {
                lines.add(new StockRequest.Line(UUID.randomUUID(), id, DELIVERY));
                if (lines.size() == StockRequest.LINES_MAX || id == Assortment.PRODUCTS) {
                    StockOutcome outcome =
                            grid.moveStock(new StockRequest(store.cityId(), store.id(), StockReason.RECEIVED, lines));
                    if (!(outcome instanceof StockOutcome.Moved)) {
                        throw new CannotStart("the grid refused a delivery to store " + store.code() + ": "
                                + outcome.getClass().getSimpleName());
                    }
                    lines = new ArrayList<>();
                }
            }
        }
    }
}
