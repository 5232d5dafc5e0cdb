package io.citygrid.durability;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.GridClient;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.ByHand;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that sold for several registers at once died between PostgreSQL's commit and the grid's, and then PostgreSQL was lost too:
 * the grid gave the numbers of those orders to others, and is right when PostgreSQL comes back.
 */
class PhantomOrdersIT {
    private static final int LEFT_IN_POSTGRES = 3;

    @Test
    void ordersThatNobodyWasToldOfGiveWayToThoseSoldInTheOutage(@TempDir Path directory) {
        try (TestPostgres postgres = new TestPostgres(directory);
                TestGrid grid = new TestGrid(directory, SurvivalGoal.NODE, postgres.settings());
                GridClient client = grid.connect()) {
            Shop shop = Shop.open(client);
            int tea = shop.product("47.00");
            Map<StoreKey, Integer> soldInTheOutage = new LinkedHashMap<>();
            for (int sold = LEFT_IN_POSTGRES - 1; sold <= LEFT_IN_POSTGRES + 1; sold++) {
                StoreKey store = shop.store(Shop.KARACHI);
                shop.stock(store, tea, 100);
                shop.sold(basket(store, line(tea, 2)));
                new ByHand(postgres, store).sellLikeTheLast(LEFT_IN_POSTGRES);
                soldInTheOutage.put(store, sold);
            }
            postgres.killAbruptly();
            soldInTheOutage.forEach((store, count) -> {
                for (int number = 2; number <= 1 + count; number++) {
                    assertThat(shop.sold(basket(store, line(tea, 1))).orderNo()).isEqualTo(number);
                }
            });
            postgres.startAgain();

            new Invariants(grid, postgres).check();
            soldInTheOutage.forEach((store, count) -> {
                assertThat(shop.onHand(store, tea)).isEqualTo(100 - 2 - count);
                assertThat(shop.sold(basket(store, line(tea, 1))).orderNo()).isEqualTo(2 + count);
            });
            new Invariants(grid, postgres).check();
        }
    }
}
