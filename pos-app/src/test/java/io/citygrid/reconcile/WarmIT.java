package io.citygrid.reconcile;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.MergeRefused;
import io.citygrid.load.progress.Progress;
import io.citygrid.load.reconcile.CityComparison;
import io.citygrid.load.reconcile.Warm;
import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.store.Store;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** All folders of the grid are deleted: PostgreSQL has everything, and the grid is filled from it. */
class WarmIT {
    @Test
    void anEmptyGridIsFilledFromPostgresAndSellsOn(@TempDir Path directory) {
        try (TestPostgres postgres = new TestPostgres(directory)) {
            TestGrid.Layout layout = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
            StoreKey karachi;
            StoreKey lahore;
            CustomerKey zara;
            int tea;
            OrderRequest soldBefore;
            try (TestGrid grid = new TestGrid(layout);
                    GridClient client = grid.connect()) {
                Shop shop = Shop.open(client);
                karachi = shop.store(Shop.KARACHI);
                lahore = shop.store(Shop.LAHORE);
                zara = shop.customer(Shop.LAHORE, "Zara", "0300-1");
                tea = shop.product("47.00");
                shop.stock(karachi, tea, 1000);
                shop.stock(lahore, tea, 1000);
                for (int i = 0; i < 10; i++) {
                    shop.sold(basket(karachi, line(tea, 2)));
                }
                soldBefore = basket(lahore, line(tea, 3));
                shop.sold(soldBefore);
                new Invariants(grid, postgres).check();
            }
            FileSystemUtils.deleteRecursively(directory.resolve("nodes").toFile());

            try (TestGrid grid = new TestGrid(layout);
                    GridClient client = grid.connect()) {
                assertThat(Warm.isCold(client)).isTrue();
                anEmptyGridTakesNoNewStores(client, karachi);

                Warm.Summary warmed = Warm.run(client, Progress.silent());

                assertThat(warmed.cities()).allMatch(CityComparison::equal).hasSize(3);
                new Invariants(grid, postgres).check();
                assertThat(client.get(GridCaches.CUSTOMERS, zara).name()).isEqualTo("Zara");
                Shop shop = Shop.open(client);
                assertThat(shop.sold(basket(karachi, line(tea, 1))).orderNo()).isEqualTo(11);
                assertThat(shop.sell(soldBefore)).isInstanceOf(OrderOutcome.AlreadyCompleted.class);
                assertThat(client.warm(karachi.cityFragment(), rows -> {}).failure())
                        .contains("is not empty", "load reconcile");
                new Invariants(grid, postgres).check();
            }
        }
    }

    private static void anEmptyGridTakesNoNewStores(GridClient client, StoreKey store) {
        Store another = new Store("KHI001", "Another", Shop.KARACHI, Versioned.FIRST, Moments.now(), Moments.now());
        assertThatThrownBy(() -> client.merge(GridCaches.STORES, Map.of(store, another)))
                .isInstanceOf(MergeRefused.class)
                .hasMessageContaining("load warm");
    }
}
