package io.citygrid.bench.contender;

import io.citygrid.bench.drive.Assortment;
import io.citygrid.load.chain.ChainStore;
import io.citygrid.model.CityFragment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Puts orders into the databases of a grid whose nodes are down and have forgotten everything, so that the nodes bring them in when they
 * start, as after the loss of a whole grid.
 */
final class StoredOrders {
    /** Order n of a store; the last one was sold at the midnight before the run, the first a year earlier. */
    private static final String SOLD_AT = "date_trunc('milliseconds', timestamptz '"
            + Instant.now().truncatedTo(ChronoUnit.DAYS) + "' - (${each} - n) * (interval '365 days' / ${each}))";

    private final BenchServer server;
    private final Assortment assortment;
    private final long each;

    /** @param orders of all stores together */
    StoredOrders(BenchServer server, Assortment assortment, int orders) {
        this.server = server;
        this.assortment = assortment;
        this.each = Math.max(1, orders / assortment.stores().size());
    }

    /** How many there are, each of three lines. */
    long count() {
        return each * assortment.stores().size();
    }

    void fill(String central, Map<Integer, String> cities) {
        server.runTogether(central, List.of("stored-orders.sql"), values(assortment.stores()));
        cities.forEach((city, database) -> server.runTogether(
                database,
                List.of("stored-orders.sql", "stored-orders-city.sql"),
                values(assortment.stores().stream()
                        .filter(store -> store.cityId() == city)
                        .toList())));
    }

    /** What the scripts that fill the other systems with the same orders are told of them. */
    Map<String, String> values() {
        return Map.of("each", String.valueOf(each), "soldat", SOLD_AT.replace("${each}", String.valueOf(each)));
    }

    private Map<String, String> values(List<ChainStore> stores) {
        return Map.of(
                "soldat",
                SOLD_AT.replace("${each}", String.valueOf(each)),
                "stores",
                stores.stream()
                        .map(store -> "(" + CityFragment.of(store.cityId(), store.id()) + ", " + store.id() + ", "
                                + store.cityId() + ")")
                        .collect(Collectors.joining(", ")),
                "each",
                String.valueOf(each),
                "products",
                String.valueOf(Assortment.PRODUCTS),
                "categories",
                String.valueOf(Assortment.CATEGORIES),
                "customers",
                String.valueOf(Assortment.CUSTOMERS_PER_CITY));
    }
}
