package io.citygrid.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.testing.Load;
import io.citygrid.testing.ProcessGrid;
import io.citygrid.testing.SalesLog;
import io.citygrid.testing.Shop;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power of the whole chain fails while eight registers sell: what was acknowledged is on the nodes' disks. */
class AllNodesKilledIT {
    @Test
    void allNodesKilledUnderLoadLoseNoAcknowledgedOrderAndUseNoNumberTwice(@TempDir Path directory) {
        long seed = Load.seed();
        try (ProcessGrid grid = new ProcessGrid(directory, ProcessGrid.mode())) {
            Shop shop = Shop.open(grid.client());
            SalesLog log;
            try (Load load = Load.start(grid.client(), shop, grid.aStoreOnEachNode(shop), seed)) {
                load.awaitSales(200 + new Random(seed).nextInt(200));

                grid.nodes().killAll();
                grid.startAll();

                // The sales that were under way are asked again with the same ids, and each register goes on.
                load.awaitSales(400);
                log = load.stop();
            }
            System.out.println("all nodes killed under load: " + log.summary());
            assertThat(log.refused()).as("refused").isEmpty();
            grid.check(log);
        }
    }
}
