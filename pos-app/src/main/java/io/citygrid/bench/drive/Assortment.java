package io.citygrid.bench.drive;

import io.citygrid.load.chain.Chain;
import io.citygrid.load.chain.ChainStore;
import java.math.BigDecimal;
import java.util.List;

/** What every system of the benchmark is filled with, so that all of them sell the same. */
public final class Assortment {
    public static final int PRODUCTS = 1_000;
    public static final int CATEGORIES = 20;
    public static final int CUSTOMERS_PER_CITY = 5_000;

    /** Units of each product in each store: more than half an hour's sales of one product. */
    public static final int ON_HAND = 1_000_000;

    private Assortment() {}

    /** The demo chain's ten stores in two cities. */
    public static List<ChainStore> stores() {
        return Chain.stores();
    }

    /** From 1.00 to 499.99. */
    public static BigDecimal price(int productId) {
        return BigDecimal.valueOf(100 + productId * 7_919L % 49_900, 2);
    }

    public static int category(int productId) {
        return 1 + productId % CATEGORIES;
    }

    /** Customer ids of a city are 1 to {@link #CUSTOMERS_PER_CITY} above this. */
    public static int customersBelow(int cityId) {
        return (cityId - 1) * CUSTOMERS_PER_CITY;
    }
}
