package io.citygrid.durability;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.durability.PgWriter.Mode;
import io.citygrid.grid.client.GridClient;
import io.citygrid.model.order.Durability;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.Receipt;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Registers;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sales that reach PostgreSQL behind the grid's commit: straight after it, later, and in spite of a row that it refuses. */
class OutboxIT {
    private static final int REGISTERS = 6;
    private static final int SALES_EACH = 40;

    @TempDir
    private Path directory;

    /** A target that remembers which orders it was told of, and can be out of reach. */
    private static final class Ledger implements OutboxTarget {
        private final Set<OrderKey> orders = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean lost = new AtomicBoolean();

        @Override
        public String name() {
            return "ledger";
        }

        @Override
        public String place(int cityId) {
            return "ledger of city " + cityId;
        }

        @Override
        public boolean lost(int cityId) {
            return lost.get();
        }

        @Override
        public String whyLost(int cityId) {
            return "closed";
        }

        @Override
        public void write(WriteSet rows, int cityId, Mode mode) {
            rows.forEach((table, key, value) -> {
                if (table.equals("orders")) {
                    orders.add((OrderKey) key);
                }
            });
        }
    }

    @Test
    void afterCommitThePostgresCommitIsWaitedForAndNoLockIsHeldMeanwhile() {
        try (TestPostgres postgres = new TestPostgres(directory);
                TestGrid grid = new TestGrid(layout(postgres).with(WriteThroughMode.AFTER_COMMIT));
                GridClient client = grid.connect()) {
            Shop shop = Shop.open(client);
            StoreKey store = shop.store(Shop.KARACHI);
            int tea = shop.product("47.00");
            shop.stock(store, tea, 10_000);
            shop.sold(basket(store, line(tea, 1)));

            List<List<Receipt>> receipts = sellAtOnce(shop, store, tea);

            assertThat(receipts.stream().flatMap(List::stream))
                    .hasSize(REGISTERS * SALES_EACH)
                    .extracting(Receipt::orderNo)
                    .doesNotHaveDuplicates();
            assertThat(receipts.stream()
                            .flatMap(List::stream)
                            .filter(receipt -> receipt.durability() == Durability.WRITTEN_THROUGH))
                    .as("PostgreSQL answers, so nearly every answer has waited for it")
                    .hasSizeGreaterThan(REGISTERS * SALES_EACH / 2);
            new Invariants(grid, postgres).check();
        }
    }

    @Test
    void queuedSalesArriveOneRefusedRowHoldsUpNoOtherAndFurtherTargetsLearnOfAll() {
        Ledger ledger = new Ledger();
        try (TestPostgres postgres = new TestPostgres(directory);
                TestGrid grid = new TestGrid(layout(postgres).with(WriteThroughMode.QUEUED), List.of(ledger));
                GridClient client = grid.connect()) {
            Shop shop = Shop.open(client);
            StoreKey store = shop.store(Shop.KARACHI);
            int tea = shop.product("47.00");
            int cursed = shop.product("666.00");
            shop.stock(store, tea, 10_000);
            shop.stock(store, cursed, 10);
            ledger.lost.set(true);

            List<List<Receipt>> receipts = sellAtOnce(shop, store, tea);
            assertThat(receipts.stream().flatMap(List::stream))
                    .extracting(Receipt::durability)
                    .containsOnly(Durability.QUEUED);
            awaitInPostgres(postgres, REGISTERS * SALES_EACH);
            assertThat(ledger.orders).as("it is out of reach").isEmpty();

            postgres.execute("karachi_db", "ALTER TABLE orders ADD CONSTRAINT not_666 CHECK (total <> 666)");
            shop.sold(basket(store, line(cursed, 1)));
            shop.sold(basket(store, line(tea, 1)));
            awaitInPostgres(postgres, REGISTERS * SALES_EACH + 1);
            postgres.execute("karachi_db", "ALTER TABLE orders DROP CONSTRAINT not_666");
            awaitInPostgres(postgres, REGISTERS * SALES_EACH + 2);

            ledger.lost.set(false);
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(ledger.orders)
                    .hasSize(REGISTERS * SALES_EACH + 2));
            new Invariants(grid, postgres).check();
        }
    }

    private TestGrid.Layout layout(TestPostgres postgres) {
        return new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
    }

    private static List<List<Receipt>> sellAtOnce(Shop shop, StoreKey store, int product) {
        return Registers.atOnce(REGISTERS, register -> {
            List<Receipt> own = new ArrayList<>();
            for (int sale = 0; sale < SALES_EACH; sale++) {
                own.add(shop.sold(basket(store, line(product, 1))));
            }
            return own;
        });
    }

    private static void awaitInPostgres(TestPostgres postgres, int orders) {
        Awaitility.await("orders in PostgreSQL")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ordersIn(postgres)).isEqualTo(orders));
    }

    private static int ordersIn(TestPostgres postgres) throws SQLException {
        try (Connection connection = postgres.connect("karachi_db");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM orders")) {
            row.next();
            return row.getInt(1);
        }
    }
}
