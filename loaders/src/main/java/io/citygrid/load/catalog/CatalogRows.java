package io.citygrid.load.catalog;

import io.citygrid.load.chain.ChainStore;
import io.citygrid.model.Versioned;
import io.citygrid.model.catalog.Category;
import io.citygrid.model.catalog.City;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.customer.Customer;
import io.citygrid.model.customer.CustomerContact;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.stock.StockRequest;
import io.citygrid.model.store.Store;
import io.citygrid.model.store.StoreKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows to load, by their keys, all in their first version.
 *
 * @param deliveries the opening stock
 */
public record CatalogRows(
        SortedMap<Integer, City> cities,
        SortedMap<Integer, Category> categories,
        SortedMap<Integer, Product> products,
        SortedMap<StoreKey, Store> stores,
        SortedMap<CustomerKey, Customer> customers,
        SortedMap<CustomerKey, CustomerContact> contacts,
        List<StockRequest> deliveries) {

    /** Collects rows that are all made at the same moment. */
    public static final class Builder {
        private final Instant madeAt;
        private final SortedMap<Integer, City> cities = new TreeMap<>();
        private final SortedMap<Integer, Category> categories = new TreeMap<>();
        private final SortedMap<Integer, Product> products = new TreeMap<>();
        private final SortedMap<StoreKey, Store> stores = new TreeMap<>();
        private final SortedMap<CustomerKey, Customer> customers = new TreeMap<>();
        private final SortedMap<CustomerKey, CustomerContact> contacts = new TreeMap<>();

        /** @param madeAt the time that the rows carry if they are new to the grid */
        public Builder(Instant madeAt) {
            this.madeAt = madeAt;
        }

        /** Adds a city. */
        public void city(int id, String name) {
            cities.put(id, new City(name, Versioned.FIRST, madeAt, madeAt));
        }

        /** Adds a category. */
        public void category(ProductCategory category) {
            categories.put(category.id(), new Category(category.title(), Versioned.FIRST, madeAt, madeAt));
        }

        /** Adds a product with the in-store barcode of its id. */
        public void product(int id, String sku, String name, ProductCategory category, BigDecimal price) {
            products.put(
                    id,
                    new Product(sku, Barcode.inStore(id), name, category.id(), price, Versioned.FIRST, madeAt, madeAt));
        }

        /** Adds a store. */
        public void store(ChainStore store) {
            stores.put(
                    new StoreKey(store.cityId(), store.id()),
                    new Store(store.code(), store.name(), store.cityId(), Versioned.FIRST, madeAt, madeAt));
        }

        /** Adds a customer and, apart from it, the contact details. */
        public void customer(CustomerKey key, String code, Person person) {
            customers.put(key, new Customer(code, person.name(), key.cityId(), Versioned.FIRST, madeAt, madeAt));
            contacts.put(key, new CustomerContact(person.phone(), person.email(), Versioned.FIRST, madeAt, madeAt));
        }

        /** The SKUs of the products added so far, by id. */
        public SortedMap<Integer, String> skus() {
            SortedMap<Integer, String> skus = new TreeMap<>();
            products.forEach((id, product) -> skus.put(id, product.sku()));
            return skus;
        }

        /** The rows, and the deliveries that go with them. */
        public CatalogRows with(List<StockRequest> deliveries) {
            return new CatalogRows(cities, categories, products, stores, customers, contacts, List.copyOf(deliveries));
        }
    }
}
