package io.citygrid.durability;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.GridClient;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node died between PostgreSQL's commit and the grid's: what PostgreSQL has too much is taken back before the next sale. */
class StoreOpeningIT {
    private static final String ORDER_NOBODY_WAS_TOLD_OF =
            """
            INSERT INTO orders SELECT city_fragment, store_id, order_no + 1, gen_random_uuid(), customer_id, city_id,
                total * 2, status, ordered_at, version, updated_at FROM orders WHERE order_no = 1;
            INSERT INTO order_mapping SELECT city_fragment, order_id, store_id, order_no, customer_id, ordered_at, version
                FROM orders WHERE order_no = 2;
            INSERT INTO order_items SELECT city_fragment, store_id, order_no + 1, line, product_id, quantity, price, city_id,
                category_id, ordered_at, version FROM order_items, generate_series(1, 2) line WHERE order_no = 1;
            INSERT INTO payments SELECT city_fragment, store_id, order_no + 1, seq, order_id, amount * 2, method, status,
                tendered * 2, change_due, paid_at, version FROM payments WHERE order_no = 1;
            UPDATE inventory SET quantity = quantity - 2, version = version + 1;
            UPDATE store_counters SET last_order_no = 2, version = version + 1;
            """;

    @Test
    void anOrderThatOnlyPostgresHasIsTakenBack(@TempDir Path directory) {
        try (TestPostgres postgres = new TestPostgres(directory);
                TestGrid grid = new TestGrid(directory, SurvivalGoal.BOTH, postgres.settings());
                GridClient client = grid.connect()) {
            Shop shop = Shop.open(client);
            StoreKey store = shop.store(Shop.KARACHI);
            int tea = shop.product("47.00");
            int sugar = shop.product("3.00");
            shop.stock(store, tea, 10);
            shop.stock(store, sugar, 10);
            shop.sold(basket(store, line(tea, 1)));
            postgres.execute("karachi_db", ORDER_NOBODY_WAS_TOLD_OF);
            grid.stopNode("lahore-2");

            assertThat(shop.sold(basket(store, line(sugar, 1))).orderNo()).isEqualTo(2);

            grid.startNode("lahore-2");
            grid.awaitServing();
            new Invariants(grid, postgres).check();
        }
    }
}
