package io.citygrid.reconcile;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.outbox.FragmentOpenings;
import io.citygrid.model.store.FragmentOpening;
import io.citygrid.model.store.FragmentOpening.State;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.ByHand;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All nodes were down: before a store sells again, the grid is compared with PostgreSQL by itself. */
class RestartIT {
    @Test
    void whatPostgresHasMoreIsThereBeforeTheFirstSale(@TempDir Path directory) {
        try (TestPostgres postgres = new TestPostgres(directory)) {
            TestGrid.Layout layout = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
            StoreKey store;
            int tea;
            try (TestGrid grid = new TestGrid(layout);
                    GridClient client = grid.connect()) {
                Shop shop = Shop.open(client);
                store = shop.store(Shop.KARACHI);
                tea = shop.product("47.00");
                shop.stock(store, tea, 100);
                shop.sold(basket(store, line(tea, 2)));
            }
            new ByHand(postgres, store).sellLikeTheLast(40);

            try (TestGrid grid = new TestGrid(layout);
                    GridClient client = grid.connect()) {
                Shop shop = Shop.open(client);
                assertThat(shop.sold(basket(store, line(tea, 1))).orderNo()).isEqualTo(42);
                assertThat(shop.onHand(store, tea)).isEqualTo(100 - 2 - 80 - 1);
                new Invariants(grid, postgres).check();
            }
        }
    }

    @Test
    void withoutPostgresAStoreOpensUncheckedAndIsComparedWhenItIsBack(@TempDir Path directory) {
        try (TestPostgres postgres = new TestPostgres(directory)) {
            TestGrid.Layout layout = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
            StoreKey store;
            int tea;
            try (TestGrid grid = new TestGrid(layout);
                    GridClient client = grid.connect()) {
                Shop shop = Shop.open(client);
                store = shop.store(Shop.KARACHI);
                tea = shop.product("47.00");
                shop.stock(store, tea, 100);
                shop.sold(basket(store, line(tea, 2)));
            }
            new ByHand(postgres, store).sellLikeTheLast(2);
            postgres.killAbruptly();

            try (TestGrid grid = new TestGrid(layout);
                    GridClient client = grid.connect()) {
                awaitState(grid, store, State.OPEN_UNCHECKED);

                postgres.startAgain();
                awaitState(grid, store, State.OPEN);
                Shop shop = Shop.open(client);
                assertThat(shop.sold(basket(store, line(tea, 1))).orderNo()).isEqualTo(4);
                new Invariants(grid, postgres).check();
            }
        }
    }

    private static void awaitState(TestGrid grid, StoreKey store, State state) {
        Awaitility.await(store + " is " + state).atMost(Duration.ofSeconds(60)).until(() -> FragmentOpenings.of(
                        grid.node(), store.cityFragment())
                .map(FragmentOpening::state)
                .equals(Optional.of(state)));
    }
}
