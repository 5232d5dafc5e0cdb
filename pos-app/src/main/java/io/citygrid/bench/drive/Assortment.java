package io.citygrid.bench.drive;

import io.citygrid.load.chain.Chain;
import io.citygrid.load.chain.ChainStore;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every system of the benchmark is filled with, so that all of them sell the same.
 *
 * @param cities each has five stores; two are the demo chain's
 */
public record Assortment(int cities) {
    public static final int CITIES_MAX = 8;
    public static final int PRODUCTS = 1_000;
    public static final int CATEGORIES = 20;
    public static final int CUSTOMERS_PER_CITY = 5_000;
    public static final int STORES_PER_CITY = 5;

    /** Units of each product in each store: more than half an hour's sales of one product. */
    public static final int ON_HAND = 1_000_000;

    private static final List<String> FURTHER_CITIES =
            List.of("Islamabad", "Rawalpindi", "Faisalabad", "Multan", "Peshawar", "Quetta");

    public Assortment {
        if (cities < 1 || cities > CITIES_MAX) {
            throw new IllegalArgumentException("--cities is 1 to " + CITIES_MAX);
        }
    }

    /** The names of the cities by id, in the order of their ids. */
    public Map<Integer, String> cityNames() {
        Map<Integer, String> names = new TreeMap<>(Chain.cities());
        FURTHER_CITIES.forEach(name -> names.put(names.size() + 1, name));
        names.keySet().removeIf(id -> id > cities);
        return names;
    }

    /** In the order of their ids. */
    public List<ChainStore> stores() {
        List<ChainStore> stores = new ArrayList<>();
        cityNames().forEach((city, name) -> {
            for (int i = 0; i < STORES_PER_CITY; i++) {
                int id = stores.size() + 1;
                stores.add(new ChainStore(id, "S" + id, name + " " + (i + 1), city));
            }
        });
        return List.copyOf(stores);
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
