package io.citygrid.order;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.client.GridClient;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.Completed;
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
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Baskets that are at a node at the same time share a transaction, and nothing else. */
class GroupedSalesIT {
    private static final int REGISTERS = 24;
    private static final int ORDERS_EACH = 25;

    /** In PostgreSQL, a transaction's number is on all the rows that it wrote. */
    private static final String TRANSACTIONS = "SELECT count(DISTINCT xmin::text), count(*) FROM orders";

    @ParameterizedTest
    @EnumSource(
            value = WriteThroughMode.class,
            names = {"IN_TRANSACTION", "AFTER_COMMIT"})
    void basketsOfOneStoreAndOfSeveralShareTransactions(WriteThroughMode mode, @TempDir Path directory)
            throws SQLException {
        try (TestPostgres postgres = new TestPostgres(directory);
                TestGrid grid = new TestGrid(
                        new TestGrid.Layout(directory, SurvivalGoal.NODE, postgres.settings()).with(mode));
                GridClient client = grid.connect()) {
            Shop shop = Shop.open(client);
            List<StoreKey> stores = IntStream.range(0, 3)
                    .mapToObj(i -> shop.store(Shop.KARACHI))
                    .toList();
            int tea = shop.product("3.50");
            int sugar = shop.product("1.25");
            // The sugar of the first store runs out while it is sold.
            int sold = REGISTERS / stores.size() * ORDERS_EACH;
            for (StoreKey store : stores) {
                shop.stock(store, tea, 10_000);
                shop.stock(store, sugar, store.equals(stores.get(0)) ? sold / 2 : 10_000);
            }

            List<List<OrderOutcome>> outcomes = Registers.atOnce(REGISTERS, register -> IntStream.range(0, ORDERS_EACH)
                    .mapToObj(
                            i -> shop.sell(basket(stores.get(register % stores.size()), line(tea, 1), line(sugar, 1))))
                    .toList());

            for (int i = 0; i < stores.size(); i++) {
                int own = i;
                List<Long> numbers = IntStream.range(0, REGISTERS)
                        .filter(register -> register % stores.size() == own)
                        .mapToObj(outcomes::get)
                        .flatMap(List::stream)
                        .filter(Completed.class::isInstance)
                        .map(outcome -> ((Completed) outcome).receipt().orderNo())
                        .sorted()
                        .toList();
                assertThat(numbers)
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, i == 0 ? sold / 2 : sold)
                                .boxed()
                                .toList());
            }
            new Invariants(grid, postgres).check();
            try (Connection connection = postgres.connect("karachi_db");
                    Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(TRANSACTIONS)) {
                found.next();
                assertThat(found.getLong(1))
                        .as("transactions in which PostgreSQL got %d orders", found.getLong(2))
                        .isLessThan(found.getLong(2) / 2);
            }
        }
    }
}
