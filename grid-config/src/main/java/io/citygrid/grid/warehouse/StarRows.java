package io.citygrid.grid.warehouse;

import io.citygrid.durability.PgWarehouse;
import io.citygrid.durability.PgWarehouse.CategoryRow;
import io.citygrid.durability.PgWarehouse.CustomerRow;
import io.citygrid.durability.PgWarehouse.Dimensions;
import io.citygrid.durability.PgWarehouse.Fact;
import io.citygrid.durability.PgWarehouse.ProductRow;
import io.citygrid.durability.PgWarehouse.StoreRow;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.SoldOrder;
import io.citygrid.model.BusinessDay;
import io.citygrid.model.catalog.Category;
import io.citygrid.model.catalog.City;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.order.Order;
import io.citygrid.model.store.Store;
import io.citygrid.model.store.StoreKey;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cache.CachePeekMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders of one store as the warehouse keeps them: facts, and the rows of the dimensions that they refer to. */
final class StarRows {
    private static final Logger log = LoggerFactory.getLogger(StarRows.class);

    private static final String UNKNOWN = "unknown";

    private final Ignite node;
    private final ZoneId zone;
    private final Map<Integer, City> cities;
    private final Map<Integer, Category> categories;

    StarRows(Ignite node, ZoneId zone) {
        this.node = node;
        this.zone = zone;
        this.cities = all(GridCaches.CITIES);
        this.categories = all(GridCaches.CATEGORIES);
    }

    private <V> Map<Integer, V> all(GridCache<Integer, V> cache) {
        TreeMap<Integer, V> rows = new TreeMap<>();
        cache.on(node).localEntries(CachePeekMode.ALL).forEach(row -> rows.put(row.getKey(), row.getValue()));
        return rows;
    }

    List<Fact> facts(List<SoldOrder> orders) {
        List<Fact> facts = new ArrayList<>();
        for (SoldOrder sold : orders) {
            Order order = sold.order();
            LocalDate day = day(order);
            sold.lines()
                    .forEach((key, line) -> facts.add(new Fact(
                            key.orderNo(),
                            key.lineNo(),
                            day,
                            line.productId(),
                            line.categoryId(),
                            order.customerId(),
                            line.quantity(),
                            line.price(),
                            SoldOrder.amount(line),
                            order.orderId(),
                            order.orderedAt())));
        }
        return facts;
    }

    private LocalDate day(Order order) {
        return LocalDate.ofEpochDay(BusinessDay.of(order.orderedAt(), zone));
    }

    Dimensions dimensions(StoreKey store, List<SoldOrder> orders, PgWarehouse warehouse) {
        TreeSet<LocalDate> days =
                orders.stream().map(sold -> day(sold.order())).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<Integer> productIds = new TreeSet<>();
        TreeSet<Integer> categoryIds = new TreeSet<>();
        orders.forEach(sold -> sold.lines().values().forEach(line -> {
            productIds.add(line.productId());
            categoryIds.add(line.categoryId());
        }));
        Map<Integer, Product> products = BoundedReads.getAll(node, GridCaches.PRODUCTS, productIds);
        return new Dimensions(
                List.copyOf(days),
                store(store),
                categoryIds.stream()
                        .map(id -> new CategoryRow(id, category(id)))
                        .toList(),
                productIds.stream()
                        .filter(products::containsKey)
                        .map(id -> product(id, Objects.requireNonNull(products.get(id))))
                        .toList(),
                customers(store.cityId(), orders, warehouse));
    }

    private StoreRow store(StoreKey key) {
        Store store = BoundedReads.get(node, GridCaches.STORES, key);
        return store == null
                ? new StoreRow(key, String.valueOf(key.storeId()), UNKNOWN, city(key.cityId()))
                : new StoreRow(key, store.code(), store.name(), city(key.cityId()));
    }

    private ProductRow product(int id, Product product) {
        return new ProductRow(
                id,
                product.sku(),
                product.name(),
                product.categoryId(),
                category(product.categoryId()),
                product.price());
    }

    private String city(int id) {
        City city = cities.get(id);
        return city == null ? "city " + id : city.name();
    }

    private String category(int id) {
        Category category = categories.get(id);
        return category == null ? "category " + id : category.name();
    }

    /** Those that the warehouse has not heard of for a day. Most live in the store's city; the others are asked for in all cities. */
    private List<CustomerRow> customers(int cityId, List<SoldOrder> orders, PgWarehouse warehouse) {
        TreeSet<Integer> wanted = new TreeSet<>();
        orders.stream()
                .map(sold -> sold.order().customerId())
                .filter(Objects::nonNull)
                .forEach(wanted::add);
        if (!wanted.isEmpty()) {
            wanted.removeAll(warehouse.knownCustomers(wanted));
        }
        TreeMap<Integer, CustomerRow> rows = new TreeMap<>();
        read(cityId, wanted, rows);
        for (int elsewhere : cities.keySet()) {
            wanted.removeAll(rows.keySet());
            if (elsewhere != cityId && !wanted.isEmpty()) {
                read(elsewhere, wanted, rows);
            }
        }
        return List.copyOf(rows.values());
    }

    /** Facts do not wait for them: a city may be out of reach for long. Whoever buys again is asked for again. */
    private void read(int cityId, TreeSet<Integer> ids, TreeMap<Integer, CustomerRow> rows) {
        TreeSet<CustomerKey> keys = new TreeSet<>();
        ids.forEach(id -> keys.add(new CustomerKey(cityId, id)));
        try {
            BoundedReads.getAll(node, GridCaches.CUSTOMERS, keys)
                    .forEach((key, customer) -> rows.put(
                            key.customerId(),
                            new CustomerRow(
                                    key.customerId(),
                                    customer.code(),
                                    cityId,
                                    city(cityId),
                                    LocalDate.ofInstant(customer.createdAt(), zone))));
        } catch (RolledBack | CacheException | IgniteException outOfReach) {
            log.debug("customers of city {} are not known to the warehouse yet", cityId, outOfReach);
        }
    }
}
