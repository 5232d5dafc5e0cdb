package io.citygrid.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.load.cli.LoadCommand;
import io.citygrid.load.progress.Progress;
import io.citygrid.model.store.Store;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.Role;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.TestUsers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real sales of the sample go through the grid into PostgreSQL, row by row the same, and only once. */
class SampleDataIT {
    @Test
    void theSampleIsSoldOnceHoweverOftenItIsLoaded(@TempDir Path directory) throws Exception {
        try (TestPostgres postgres = new TestPostgres(directory);
                TestGrid grid = new TestGrid(directory, SurvivalGoal.BOTH, postgres.settings());
                GridClient client = grid.connect()) {
            assertThat(DemoData.load(client, Progress.silent()).complete()).isTrue();

            long orders = rows(client, "orders");
            assertThat(orders).isEqualTo(62);
            assertThat(rows(client, "products")).isEqualTo(589);
            assertThat(rows(client, "stores")).isEqualTo(10);
            assertThat(rows(client, "inventory")).isEqualTo(5_890);
            assertThat(client.get(GridCaches.STORES, new StoreKey(1, 1)))
                    .extracting(Store::code)
                    .isEqualTo("KHI001");
            assertThat(client.get(GridCaches.STORES, new StoreKey(2, 10)))
                    .extracting(Store::code)
                    .isEqualTo("LHR005");
            new Invariants(grid, postgres).check();

            assertThat(DemoData.load(client, Progress.silent()).complete()).isTrue();
            assertThat(rows(client, "orders")).isEqualTo(orders);

            String[] generate = {
                "generate",
                "--grid",
                grid.addresses(),
                "--orders",
                "300",
                "--threads",
                "4",
                "--grid-login",
                TestUsers.loginFile(Role.CENTRAL_ADMIN)
            };
            assertThat(LoadCommand.commandLine().execute(generate)).isZero();
            assertThat(rows(client, "orders")).isEqualTo(orders + 300);
            assertThat(LoadCommand.commandLine().execute(generate)).isZero();
            assertThat(rows(client, "orders")).isEqualTo(orders + 300);
            new Invariants(grid, postgres).check();
        }
    }

    private static long rows(GridClient client, String table) {
        return ((Number) client.query("SELECT count(*) FROM " + table).get(0).get(0)).longValue();
    }
}
