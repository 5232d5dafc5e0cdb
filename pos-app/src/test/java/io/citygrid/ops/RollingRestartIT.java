package io.citygrid.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.testing.Load;
import io.citygrid.testing.ProcessGrid;
import io.citygrid.testing.SalesLog;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All four nodes, in processes of their own, are restarted one by one while eight registers sell. */
class RollingRestartIT {
    private static final Duration STALL_MAX = Duration.ofSeconds(4);
    private static final Duration WITHIN = Duration.ofMinutes(3);

    @Test
    void aRollingRestartUnderLoadLosesNoSaleAndRefusesNone(@TempDir Path directory) {
        long seed = Load.seed();
        try (ProcessGrid grid = ProcessGrid.supervised(directory, ProcessGrid.mode())) {
            Shop shop = Shop.open(grid.client());
            SalesLog log;
            List<String> told = new ArrayList<>();
            try (Load load = Load.start(grid.client(), shop, grid.aStoreOnEachNode(shop), seed)) {
                load.awaitSales(200);
                new RollingRestart(grid.client(), told::add, WITHIN).run();
                load.awaitSales(100);
                log = load.stop();
            }
            System.out.println("rolling restart of four nodes: " + log.summary());
            told.forEach(System.out::println);
            assertThat(told.stream().filter(said -> said.contains("was restarted and the grid is whole again")))
                    .hasSize(TestGrid.NAMES.size());
            assertThat(log.refused()).as("refused").isEmpty();
            grid.check(log);
            assertThat(log.slowest()).as("the longest that a register waited").isLessThan(STALL_MAX);
        }
    }
}
