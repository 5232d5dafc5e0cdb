package io.citygrid.durability;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node died between PostgreSQL's commit and the grid's: the grid takes over the orders that PostgreSQL has too much, and sells
 * nothing if PostgreSQL has more than a dying node can have left.
 */
class StoreOpeningIT {
    /** What a sale of two units writes, as the successor of the store's last order. */
    private static final String ORDER_THAT_ONLY_POSTGRES_HAS =
            """
            INSERT INTO orders SELECT city_fragment, store_id, order_no + 1, gen_random_uuid(), customer_id, city_id,
                total, status, ordered_at, version, updated_at FROM orders ORDER BY order_no DESC LIMIT 1;
            INSERT INTO order_mapping SELECT city_fragment, order_id, store_id, order_no, customer_id, ordered_at, version
                FROM orders ORDER BY order_no DESC LIMIT 1;
            INSERT INTO order_items SELECT city_fragment, store_id, order_no + 1, line_no, product_id, quantity, price,
                city_id, category_id, ordered_at, version FROM order_items ORDER BY order_no DESC LIMIT 1;
            INSERT INTO payments SELECT p.city_fragment, p.store_id, p.order_no + 1, seq, o.order_id, amount, method,
                p.status, tendered, change_due, paid_at, p.version FROM payments p, orders o
                WHERE o.order_no = p.order_no + 1 ORDER BY p.order_no DESC LIMIT 1;
            UPDATE inventory SET quantity = quantity - 2, version = version + 1
                WHERE product_id = (SELECT product_id FROM order_items LIMIT 1);
            UPDATE store_counters SET last_order_no = last_order_no + 1, version = version + 1;
            """;

    @Test
    void anOrderThatOnlyPostgresHasIsTakenOver(@TempDir Path directory) {
        try (TestPostgres postgres = new TestPostgres(directory);
                TestGrid grid = new TestGrid(directory, SurvivalGoal.BOTH, postgres.settings());
                GridClient client = grid.connect()) {
            Shop shop = Shop.open(client);
            StoreKey store = shop.store(Shop.KARACHI);
            int tea = shop.product("47.00");
            int sugar = shop.product("3.00");
            shop.stock(store, tea, 10);
            shop.stock(store, sugar, 10);
            shop.sold(basket(store, line(tea, 2)));

            postgres.execute("karachi_db", ORDER_THAT_ONLY_POSTGRES_HAS);
            assertThat(shop.sold(basket(store, line(sugar, 1))).orderNo())
                    .as("PostgreSQL tells at the next sale that it is ahead")
                    .isEqualTo(3);
            assertThat(shop.onHand(store, tea)).isEqualTo(6);

            shop.sold(basket(store, line(tea, 2)));
            postgres.execute("karachi_db", ORDER_THAT_ONLY_POSTGRES_HAS);
            grid.stopNode("lahore-2");
            assertThat(shop.sold(basket(store, line(sugar, 1))).orderNo())
                    .as("a node went, so the store is opened anew")
                    .isEqualTo(6);

            shop.stock(store, tea, 20);
            shop.sold(basket(store, line(tea, 2)));
            for (int i = 0; i < 3; i++) {
                postgres.execute("karachi_db", ORDER_THAT_ONLY_POSTGRES_HAS);
            }
            assertThat(shop.sold(basket(store, line(tea, 1))).orderNo())
                    .as("a node died that sold for several registers at once")
                    .isEqualTo(11);

            grid.startNode("lahore-2");
            grid.awaitServing();
            new Invariants(grid, postgres).check();

            postgres.execute("karachi_db", "UPDATE orders SET order_no = order_no + 5 WHERE order_no > 8");
            grid.stopNode("lahore-2");
            // The first try may meet the node that has just gone; then its outcome is unknown, and the register asks
            // again.
            Awaitility.await("the store is shut")
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(OutcomeUnknown.class)
                    .untilAsserted(() -> assertThat(shop.sell(basket(store, line(sugar, 1))))
                            .as("PostgreSQL has orders with a gap before them, so the grid has lost some")
                            .isInstanceOfSatisfying(
                                    OrderOutcome.StoreNotOpen.class,
                                    refused -> assertThat(refused.reason()).contains("up to 16", "not all after 11")));
        }
    }
}
