package io.citygrid.ops;

import static io.citygrid.testing.Shop.KARACHI;
import static io.citygrid.testing.Shop.LAHORE;
import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.node.GridNode;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.NotInCharge;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.Role;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.TestUsers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** With keep-selling a lost city is sold for by others only when an operator says so, and until it is given back. */
class TakeoverIT {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    /** What the command printed, and its exit code. */
    private record Printed(int exitCode, String text) {}

    @Test
    void aLostCityIsTakenOverAndGivenBack(@TempDir Path directory) {
        try (TestPostgres postgres = new TestPostgres(directory)) {
            TestGrid.Layout layout =
                    new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings()).with(CityLoss.KEEP_SELLING);
            try (TestGrid grid = new TestGrid(layout);
                    GridClient client = grid.connect()) {
                Shop shop = Shop.open(client);
                StoreKey karachi = shop.store(KARACHI);
                StoreKey lahore = shop.store(LAHORE);
                int tea = shop.product("3.00");
                shop.stock(karachi, tea, 100);
                shop.stock(lahore, tea, 100);
                shop.sold(basket(karachi, line(tea, 1)));

                Printed early = takeover(layout, "--city", "karachi");
                assertThat(early.exitCode()).isEqualTo(1);
                assertThat(early.text()).contains("karachi-1, karachi-2 are alive");

                grid.stopNode("karachi-1");
                shop.sold(basket(karachi, line(tea, 1)));
                grid.stopNode("karachi-2");
                assertThat(awaitNotInCharge(grid, karachi, tea).reason())
                        .contains("do not sell for Karachi", "./pos ops takeover --city karachi");
                shop.sold(basket(lahore, line(tea, 1)));

                assertThat(takeover(layout, "--city", "karachi", "--undo").text())
                        .contains("None of its nodes");
                assertThat(takeover(layout, "--city", "multan").text()).contains("There is no city multan");
                Printed taken = takeover(layout, "--city", "karachi");
                assertThat(taken.exitCode()).isZero();
                assertThat(taken.text())
                        .contains(
                                "sell for Karachi now",
                                "./pos ops takeover --city karachi --grid " + layout.addresses() + " --grid-login "
                                        + TestUsers.loginFile(Role.OPS) + " --undo");
                assertThat(takeover(layout, "--city", "1").text()).contains("already");
                shop.sold(basket(karachi, line(tea, 1)));

                grid.startNode("karachi-1");
                grid.startNode("karachi-2");
                grid.awaitServing();
                // As long as Karachi's nodes have not yet taken their fragments, Lahore's go on selling.
                awaitNotInCharge(grid, karachi, tea);

                assertThat(takeover(layout, "--city", "Karachi", "--undo").exitCode())
                        .isZero();
                shop.sold(basket(karachi, line(tea, 1)));
                shop.sold(basket(lahore, line(tea, 1)));
                new Invariants(grid, postgres).check();
            }
        }
    }

    @Test
    void allNodesMustAgreeAndHandingOverNeedsNoOperator(@TempDir Path directory) {
        try (TestPostgres postgres = new TestPostgres(directory)) {
            TestGrid.Layout layout = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
            try (TestGrid grid = new TestGrid(layout);
                    GridClient client = grid.connect()) {
                Shop shop = Shop.open(client);
                StoreKey karachi = shop.store(KARACHI);
                int tea = shop.product("3.00");
                shop.stock(karachi, tea, 100);

                assertThat(takeover(layout, "--city", "karachi").text()).contains("hand-over");
                grid.stopNode("karachi-1");
                assertThatThrownBy(() -> GridNode.start(
                                layout.with(CityLoss.KEEP_SELLING).settings("karachi-1")))
                        .hasMessageContaining("city loss choice")
                        .hasMessageContaining("hand-over");
                grid.stopNode("karachi-2");
                shop.sold(basket(karachi, line(tea, 1)));

                grid.stopNode("lahore-1");
                StoreKey perhapsOpenedElsewhere = new StoreKey(KARACHI, 999);
                assertThat(grid.node("lahore-2")
                                .compute()
                                .<OrderRequest, OrderOutcome>execute(
                                        Tasks.PROCESS_ORDER, basket(perhapsOpenedElsewhere, line(tea, 1))))
                        .as("what a node says of a store when it is alone")
                        .isInstanceOf(OrderOutcome.RolledBack.class);
            }
        }
    }

    private static NotInCharge awaitNotInCharge(TestGrid grid, StoreKey store, int product) {
        try (GridClient impatient = grid.connect(Duration.ofSeconds(1))) {
            return (NotInCharge) await("nobody sells for " + store)
                    .atMost(WITHIN)
                    .ignoreExceptionsInstanceOf(OutcomeUnknown.class)
                    .until(
                            () -> impatient.processOrder(basket(store, line(product, 1))),
                            NotInCharge.class::isInstance);
        }
    }

    private static Printed takeover(TestGrid.Layout layout, String... arguments) {
        StringWriter text = new StringWriter();
        CommandLine line = new CommandLine(new OpsCommand())
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true));
        String[] all = new String[arguments.length + 5];
        all[0] = "takeover";
        all[1] = "--grid";
        all[2] = layout.addresses();
        all[3] = "--grid-login";
        all[4] = TestUsers.loginFile(Role.OPS);
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return new Printed(line.execute(all), text.toString());
    }
}
