package io.citygrid.placement;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.merge.MergeRequest;
import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a network between the cities does to a sale: nothing, unless its copies have to cross it. */
class WanLatencyIT {
    private static final Duration ONE_WAY = Duration.ofMillis(60);
    private static final Duration ROUND_TRIP = ONE_WAY.multipliedBy(2);
    private static final int SALES = 20;

    @TempDir
    private Path directory;

    @Test
    void aSaleWaitsForTheOtherCityOnlyIfACopyLiesThere() {
        assertThat(quickestSale(SurvivalGoal.CITY))
                .as("the backup in the other city has to answer before the receipt is given")
                .isGreaterThanOrEqualTo(ROUND_TRIP);
        assertThat(quickestSale(SurvivalGoal.NODE))
                .as("all copies lie in the city")
                .isLessThan(ROUND_TRIP);
    }

    private Duration quickestSale(SurvivalGoal goal) {
        Path folder = directory.resolve(goal.setting());
        try (TestPostgres postgres = new TestPostgres(folder);
                TestGrid grid = new TestGrid(new TestGrid.Layout(folder, goal, postgres.settings()).with(ONE_WAY));
                GridClient client = grid.connect()) {
            Shop shop = Shop.open(client);
            bringInACatalogue(client);
            StoreKey store = shop.store(Shop.KARACHI);
            int tea = shop.product("47.00");
            shop.stock(store, tea, 1_000);
            long nanos = LongStream.range(0, SALES)
                    .map(sale -> {
                        long begun = System.nanoTime();
                        shop.sold(basket(store, line(tea, 1)));
                        return System.nanoTime() - begun;
                    })
                    .min()
                    .orElseThrow();
            new Invariants(grid, postgres).check();
            return Duration.ofNanos(nanos);
        }
    }

    /** In one grid transaction, whose locks must not be asked for one after the other over that distance. */
    private static void bringInACatalogue(GridClient client) {
        Instant now = Moments.now();
        TreeMap<Integer, Product> products = new TreeMap<>();
        for (int id = 1_000; id < 1_000 + MergeRequest.ROWS_MAX; id++) {
            products.put(
                    id, new Product("W" + id, null, "Product " + id, 1, BigDecimal.ONE, Versioned.FIRST, now, now));
        }
        client.merge(GridCaches.PRODUCTS, products);
        assertThat(client.getAll(GridCaches.PRODUCTS, new TreeSet<>(products.keySet())))
                .hasSize(MergeRequest.ROWS_MAX);
    }
}
