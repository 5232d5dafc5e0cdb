package io.citygrid.load.catalog;

import io.citygrid.grid.client.GridClient;
import io.citygrid.load.chain.ChainStore;
import io.citygrid.model.customer.CustomerKey;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What the grid's catalogue holds already, by the codes that people use.
 *
 * @param products by SKU
 * @param customers by code
 * @param stores in the order of their ids
 */
public record KnownCatalog(
        Map<String, KnownProduct> products, Map<String, CustomerKey> customers, List<ChainStore> stores) {
    /** Rows of one table that the loaders work with. */
    static final int ROWS_MAX = 500_000;

    /** A product of the grid. */
    public record KnownProduct(int id, BigDecimal price) {}

    public KnownCatalog {
        products = Map.copyOf(products);
        customers = Map.copyOf(customers);
        stores = List.copyOf(stores);
    }

    /** An empty grid. */
    public static KnownCatalog nothing() {
        return new KnownCatalog(Map.of(), Map.of(), List.of());
    }

    /**
     * Asks the grid.
     *
     * @throws io.citygrid.grid.client.OutcomeUnknown if there was no answer in time
     * @throws IllegalStateException if a table has more rows than the loaders work with
     */
    public static KnownCatalog of(GridClient grid) {
        Map<String, KnownProduct> products = new HashMap<>();
        for (List<?> row : all(grid, "SELECT sku, id, price FROM products")) {
            products.put(text(row, 0), new KnownProduct(number(row, 1), (BigDecimal) value(row, 2)));
        }
        Map<String, CustomerKey> customers = new HashMap<>();
        for (List<?> row : all(grid, "SELECT code, city_id, customer_id FROM customers")) {
            customers.put(text(row, 0), new CustomerKey(number(row, 1), number(row, 2)));
        }
        List<ChainStore> stores = all(grid, "SELECT store_id, code, name, city_id FROM stores").stream()
                .map(row -> new ChainStore(number(row, 0), text(row, 1), text(row, 2), number(row, 3)))
                .sorted(Comparator.comparingInt(ChainStore::id))
                .toList();
        return new KnownCatalog(products, customers, stores);
    }

    /** The ids of the products, by SKU. */
    public Map<String, Integer> productIds() {
        return products.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, product -> product.getValue()
                .id()));
    }

    /** The ids of the customers, by code. */
    public Map<String, Integer> customerIds() {
        return customers.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, customer -> customer.getValue()
                .customerId()));
    }

    private static List<List<?>> all(GridClient grid, String sql) {
        List<List<?>> rows = grid.query(sql + " LIMIT " + (ROWS_MAX + 1));
        if (rows.size() > ROWS_MAX) {
            throw new IllegalStateException("the grid has more than " + ROWS_MAX + " rows: " + sql);
        }
        return rows;
    }

    private static Object value(List<?> row, int column) {
        return Objects.requireNonNull(row.get(column));
    }

    private static int number(List<?> row, int column) {
        return ((Number) value(row, column)).intValue();
    }

    private static String text(List<?> row, int column) {
        return value(row, column).toString();
    }
}
