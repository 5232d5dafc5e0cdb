package io.citygrid.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.model.CityFragment;
import io.citygrid.model.order.Durability;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.Load;
import io.citygrid.testing.ProcessGrid;
import io.citygrid.testing.SalesLog;
import io.citygrid.testing.SalesLog.Sold;
import io.citygrid.testing.Shop;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * Measures what acknowledged sales survive, for docs/what-a-sale-survives.md. Not part of {@code mvn verify}; run it with
 * {@code -Dit.test=WhatSurvives -Dcitygrid.test.survive=both -Dcitygrid.test.write-through=in-transaction}.
 */
class WhatSurvives {
    @Test
    void measure(@TempDir Path directory) throws SQLException {
        SurvivalGoal goal = SurvivalGoal.of(System.getProperty("citygrid.test.survive", SurvivalGoal.BOTH.setting()));
        WriteThroughMode mode = ProcessGrid.mode();
        try (ProcessGrid grid = new ProcessGrid(directory, goal, mode)) {
            Shop shop = Shop.open(grid.client());
            SalesLog sales;
            try (Load load = Load.start(grid.client(), shop, grid.aStoreOnEachNode(shop), Load.seed())) {
                load.awaitSales(800);
                grid.nodes().killAll();
                sales = load.log();
            }
            Set<UUID> inPostgres = inPostgres(grid);
            long writtenThrough = sales.count(Durability.WRITTEN_THROUGH);
            long writtenThroughInPostgres = sales.sold().stream()
                    .filter(sale -> sale.durability() == Durability.WRITTEN_THROUGH)
                    .filter(sale -> inPostgres.contains(sale.request().orderId()))
                    .count();
            long allInPostgres = sales.sold().stream()
                    .filter(sale -> inPostgres.contains(sale.request().orderId()))
                    .count();

            grid.startAll();
            long afterAllKilled = inGrid(grid, sales);

            lose(grid, "karachi-1");
            long afterADisk = inGrid(grid, sales);
            lose(grid, "karachi-2");
            long afterACitysDisks = inGrid(grid, sales);

            System.out.printf(
                    "SURVIVES goal=%s mode=%s acknowledged=%d (written through %d) | all processes killed: in the grid again %d | "
                            + "a node with its disk: %d | its whole city with its disks: %d | all of the grid: in PostgreSQL %d, of "
                            + "those written through %d%n",
                    goal.setting(),
                    mode.setting(),
                    sales.sold().size(),
                    writtenThrough,
                    afterAllKilled,
                    afterADisk,
                    afterACitysDisks,
                    allInPostgres,
                    writtenThroughInPostgres);
            assertThat(afterAllKilled).isEqualTo(sales.sold().size());
            assertThat(afterADisk).isEqualTo(sales.sold().size());
            assertThat(writtenThroughInPostgres).isEqualTo(writtenThrough);
        }
    }

    private static void lose(ProcessGrid grid, String node) {
        grid.nodes().kill(node);
        assertThat(FileSystemUtils.deleteRecursively(grid.folder(node).toFile()))
                .isTrue();
        Awaitility.await(node + " is known to be gone")
                .atMost(Duration.ofSeconds(30))
                .until(() -> grid.client().topology().stream()
                        .flatMap(topology -> topology.nodes().stream())
                        .anyMatch(one -> one.name().equals(node) && !one.alive()));
    }

    private static long inGrid(ProcessGrid grid, SalesLog sales) {
        Set<Integer> held = new HashSet<>();
        grid.client().topology().orElseThrow().fragments().stream()
                .filter(fragment -> !fragment.owners().isEmpty())
                .forEach(fragment -> held.add(fragment.fragment()));
        return sales.sold().stream()
                .map(Sold::request)
                .filter(request -> held.contains(CityFragment.of(request.cityId(), request.storeId())))
                .filter(request -> isInGrid(grid, request))
                .count();
    }

    private static boolean isInGrid(ProcessGrid grid, OrderRequest request) {
        try {
            return grid.client()
                            .get(
                                    GridCaches.ORDER_MAPPING,
                                    new OrderMappingKey(request.cityId(), request.storeId(), request.orderId()))
                    != null;
        } catch (OutcomeUnknown shut) {
            return false;
        }
    }

    private static Set<UUID> inPostgres(ProcessGrid grid) throws SQLException {
        Set<UUID> orders = new HashSet<>();
        for (String database : List.of("karachi_db", "lahore_db")) {
            try (Connection connection = grid.postgres().connect(database);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT order_id FROM orders")) {
                while (row.next()) {
                    orders.add(row.getObject(1, UUID.class));
                }
            }
        }
        return orders;
    }
}
