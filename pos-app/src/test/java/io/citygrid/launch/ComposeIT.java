package io.citygrid.launch;

import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.GridClientSettings;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.Role;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.TestUsers;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The nodes and web applications of {@code docker-compose.yml} as processes of this machine, with its commands and variables: they
 * form one chain, the health checks pass, and both cities sell.
 */
// Others have only one loopback address.
@EnabledOnOs(OS.LINUX)
class ComposeIT {
    @Test
    void whatTheFileDescribesIsAChainThatSells(@TempDir Path directory) {
        try (TestPostgres postgres = new TestPostgres(directory)) {
            try (ComposedProcesses chain = new ComposedProcesses(new ComposeFile(), directory, postgres)) {
                chain.start("node");
                chain.start("app");
                chain.awaitSaying("node", "SERVING");
                chain.awaitSaying("app", "READY");
                sell(chain);
                chain.awaitHealthy("node");
                chain.awaitHealthy("app");
                assertThat(chain.stop()).as("exit codes after SIGTERM").containsOnly(0);
            }
            try (TestGrid grid = new TestGrid(new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings()))) {
                new Invariants(grid, postgres).check();
            }
        }
    }

    private static void sell(ComposedProcesses chain) {
        try (GridClient client = new GridClient(
                GridClientSettings.of(chain.thinAddresses()).withLogin(TestUsers.login(Role.CENTRAL_ADMIN)))) {
            Shop shop = Shop.open(client);
            int tea = shop.product("3.00");
            StoreKey karachi = shop.store(Shop.KARACHI);
            StoreKey lahore = shop.store(Shop.LAHORE);
            shop.stock(karachi, tea, 10);
            shop.stock(lahore, tea, 10);
            sell(chain, "pos-karachi", karachi, tea);
            sell(chain, "pos-lahore", lahore, tea);
            sell(chain, "pos-karachi", lahore, tea);
            assertThat(shop.onHand(karachi, tea)).isEqualTo(8);
            assertThat(shop.onHand(lahore, tea)).isEqualTo(6);
            // The test's own connection counts as a sale made elsewhere.
            shop.sold(Shop.basket(karachi, line(tea, 1)));
        }
        JsonNode grid = chain.get("pos-lahore", "/api/grid");
        assertThat(grid.path("survivalGoal").asString()).isEqualTo("both");
        assertThat(grid.path("headline").path("text").asString()).isEqualTo("Every city sells. Nothing to do.");
    }

    private static void sell(ComposedProcesses chain, String app, StoreKey store, int product) {
        JsonNode receipt = chain.post(
                app,
                "/api/orders",
                """
                {"orderId": "%s", "storeId": %d, "items": [{"productId": %d, "quantity": 2}],
                 "payment": {"method": "CASH", "tendered": 10.00}}
                """
                        .formatted(UUID.randomUUID(), store.storeId(), product));
        assertThat(receipt.path("total").decimalValue()).isEqualByComparingTo("6.00");
        assertThat(receipt.path("changeDue").decimalValue()).isEqualByComparingTo("4.00");
        assertThat(receipt.path("durability").asString()).isEqualTo("WRITTEN_THROUGH");
    }
}
