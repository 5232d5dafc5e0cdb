package io.citygrid.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.NodeProcesses;
import io.citygrid.testing.Shop;
import io.citygrid.testing.SteadyRegisters;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.TestUsers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All nodes of a city are killed while it sells: with hand-over, the other city sells for it, and nobody has to say so. */
class CityLostIT {
    @Test
    void theOtherCitySellsForAKilledOneUntilItIsBack(@TempDir Path directory) {
        try (TestPostgres postgres = new TestPostgres(directory)) {
            TestGrid.Layout layout = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
            Map<OrderRequest, Long> sold;
            try (NodeProcesses nodes = new NodeProcesses()) {
                TestGrid.NAMES.forEach(name -> nodes.start(layout.settings(name)));
                TestGrid.NAMES.forEach(name -> nodes.awaitServing(layout.settings(name)));
                sold = sellWhileKarachiIsLost(layout, nodes);
            }
            try (TestGrid grid = new TestGrid(layout);
                    GridClient client = grid.connect()) {
                sold.forEach((request, orderNo) -> {
                    OrderMapping mapping = client.get(
                            GridCaches.ORDER_MAPPING,
                            new OrderMappingKey(request.cityId(), request.storeId(), request.orderId()));
                    assertThat(mapping).as("order %s", request.orderId()).isNotNull();
                    assertThat(mapping.orderNo())
                            .as("order %s", request.orderId())
                            .isEqualTo(orderNo);
                });
                new Invariants(grid, postgres).check();
            }
        }
    }

    private static Map<OrderRequest, Long> sellWhileKarachiIsLost(TestGrid.Layout layout, NodeProcesses nodes) {
        List<String> karachis = List.of("karachi-1", "karachi-2");
        try (GridClient client = new GridClient(TestUsers.admin(layout.addresses()))) {
            Shop shop = Shop.open(client);
            int tea = shop.product("3.00");
            StoreKey karachi = shop.store(Shop.KARACHI);
            StoreKey lahore = shop.store(Shop.LAHORE);
            shop.stock(karachi, tea, 100_000);
            shop.stock(lahore, tea, 100_000);
            try (SteadyRegisters inKarachi = new SteadyRegisters(client, karachi, tea, 2);
                    SteadyRegisters inLahore = new SteadyRegisters(client, lahore, tea, 2)) {
                inKarachi.awaitSales(100);
                karachis.forEach(nodes::kill);
                inKarachi.awaitSales(200);
                inLahore.awaitSales(100);
                System.out.printf(
                        "city killed: the longest sale took %d ms in its stores, %d ms in the other city's%n",
                        inKarachi.longestMillis(), inLahore.longestMillis());
                karachis.forEach(name -> nodes.start(layout.settings(name)));
                karachis.forEach(name -> nodes.awaitServing(layout.settings(name)));
                inKarachi.awaitSales(100);
                return SteadyRegisters.close(inKarachi, inLahore);
            }
        }
    }
}
