package io.citygrid.placement;

import static io.citygrid.testing.Shop.KARACHI;
import static io.citygrid.testing.Shop.LAHORE;
import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.takeover.TakeoverRequest;
import io.citygrid.grid.takeover.TakeoverResult;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.Completed;
import io.citygrid.model.order.OrderOutcome.NotInCharge;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.store.StoreKey;
import io.citygrid.security.Role;
import io.citygrid.testing.CityNetwork;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.NodeProcesses;
import io.citygrid.testing.Shop;
import io.citygrid.testing.SteadyRegisters;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.TestUsers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.ignite.Ignition;
import org.apache.ignite.client.IgniteClient;
import org.apache.ignite.configuration.ClientConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The link between two cities is cut while both sell, with keep-selling: each goes on for itself, and nothing is sold twice. */
@ExtendWith(CityNetwork.class)
class CutLinkIT {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final List<String> KARACHIS = List.of("karachi-1", "karachi-2");
    private static final List<String> LAHORES = List.of("lahore-1", "lahore-2");

    @TempDir
    private Path directory;

    @Test
    void eachCityGoesOnSellingAndAllOrdersAreThereWhenAllNodesHaveStartedAfresh() {
        try (CityNetwork network = CityNetwork.open();
                TestPostgres postgres = new TestPostgres(directory, network.host())) {
            TestGrid.Layout layout = layout(postgres);
            Map<OrderRequest, Long> sold;
            try (NodeProcesses nodes = start(network, layout);
                    GridClient karachi = connect(network, layout, KARACHIS);
                    GridClient lahore = connect(network, layout, LAHORES)) {
                Shop shop = Shop.open(karachi);
                int tea = shop.product("3.00");
                List<StoreKey> stores = List.of(shop.store(KARACHI), shop.store(LAHORE));
                stores.forEach(store -> shop.stock(store, tea, 100_000));
                try (SteadyRegisters inKarachi = new SteadyRegisters(karachi, stores.get(0), tea, 2);
                        SteadyRegisters inLahore = new SteadyRegisters(lahore, stores.get(1), tea, 2)) {
                    inKarachi.awaitSales(50);
                    inLahore.awaitSales(50);
                    network.cut();
                    inKarachi.awaitSales(150);
                    inLahore.awaitSales(150);
                    assertThat(askOne(network, layout, "lahore-1", stores.get(0), tea))
                            .isInstanceOf(NotInCharge.class);
                    assertThat(askOne(network, layout, "karachi-2", stores.get(1), tea))
                            .isInstanceOf(NotInCharge.class);
                    // Mending the link does not make one cluster of two; that takes a fresh start of all nodes.
                    network.mend();
                    inKarachi.awaitSales(50);
                    inLahore.awaitSales(50);
                    assertThat(askOne(network, layout, "lahore-1", stores.get(0), tea))
                            .isInstanceOf(NotInCharge.class);
                    System.out.printf(
                            "link cut: Karachi sold %d, longest %d ms; Lahore sold %d, longest %d ms%n",
                            inKarachi.sales(), inKarachi.longestMillis(), inLahore.sales(), inLahore.longestMillis());
                    sold = SteadyRegisters.close(inKarachi, inLahore);
                }
            }
            everythingIsThere(layout, postgres, sold);
        }
    }

    @Test
    void aCityThatIsGoneIsTakenOverAndReturnsWithEmptyFolders() {
        try (CityNetwork network = CityNetwork.open();
                TestPostgres postgres = new TestPostgres(directory, network.host())) {
            TestGrid.Layout layout = layout(postgres);
            Map<OrderRequest, Long> sold;
            try (NodeProcesses nodes = start(network, layout);
                    GridClient client = connect(network, layout, LAHORES)) {
                Shop shop = Shop.open(client);
                int tea = shop.product("3.00");
                StoreKey store = shop.store(KARACHI);
                shop.stock(store, tea, 100_000);
                try (SteadyRegisters registers = new SteadyRegisters(client, store, tea, 2)) {
                    registers.awaitSales(50);
                    network.cut();
                    KARACHIS.forEach(nodes::kill);
                    await("Lahore's nodes are alone")
                            .atMost(WITHIN)
                            .until(() -> askOne(network, layout, "lahore-1", store, tea) instanceof NotInCharge);
                    assertThat(takeover(network, layout, false).refusal()).isNull();
                    registers.awaitSales(50);

                    network.mend();
                    KARACHIS.forEach(name -> {
                        FileSystemUtils.deleteRecursively(
                                layout.settings(name).directory().resolve("db").toFile());
                        nodes.start(network.settings(layout, name), network.in(KARACHI));
                    });
                    KARACHIS.forEach(name -> nodes.awaitServing(network.settings(layout, name)));
                    assertThat(takeover(network, layout, true).refusal()).isNull();
                    registers.awaitSales(50);
                    sold = registers.stop();
                }
            }
            everythingIsThere(layout, postgres, sold);
        }
    }

    private TestGrid.Layout layout(TestPostgres postgres) {
        return new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings()).with(CityLoss.KEEP_SELLING);
    }

    private static NodeProcesses start(CityNetwork network, TestGrid.Layout layout) {
        NodeProcesses nodes = new NodeProcesses();
        TestGrid.NAMES.forEach(
                name -> nodes.start(network.settings(layout, name), network.in(CityNetwork.city(layout, name))));
        TestGrid.NAMES.forEach(name -> nodes.awaitServing(network.settings(layout, name)));
        return nodes;
    }

    /** As the store app of a city: its own nodes first. */
    private static GridClient connect(CityNetwork network, TestGrid.Layout layout, List<String> own) {
        return new GridClient(TestUsers.admin(own.stream()
                .map(name -> network.settings(layout, name).thinAddress())
                .collect(Collectors.joining(","))));
    }

    /** What one node answers by itself, while a store app would go on to ask others. */
    private static OrderOutcome askOne(
            CityNetwork network, TestGrid.Layout layout, String name, StoreKey store, int product) {
        return run(network, layout, name, Tasks.PROCESS_ORDER, basket(store, line(product, 1)));
    }

    private static TakeoverResult takeover(CityNetwork network, TestGrid.Layout layout, boolean undo) {
        return run(network, layout, "lahore-1", Tasks.TAKEOVER, new TakeoverRequest("karachi", undo));
    }

    private static <T, R> R run(CityNetwork network, TestGrid.Layout layout, String name, String task, T argument) {
        ClientConfiguration configuration = new ClientConfiguration()
                .setAddresses(network.settings(layout, name).thinAddress())
                .setUserName(Role.CENTRAL_ADMIN.setting())
                .setUserPassword(TestUsers.password(Role.CENTRAL_ADMIN))
                .setTimeout(10_000);
        try (IgniteClient client = Ignition.startClient(configuration)) {
            return client.compute().execute(task, argument);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    /** The same data again, with all nodes in this process, where every copy can be looked at. */
    private static void everythingIsThere(TestGrid.Layout layout, TestPostgres postgres, Map<OrderRequest, Long> sold) {
        try (TestGrid grid = new TestGrid(layout);
                GridClient client = grid.connect()) {
            sold.forEach((request, orderNo) -> {
                OrderMapping mapping = client.get(
                        GridCaches.ORDER_MAPPING,
                        new OrderMappingKey(request.cityId(), request.storeId(), request.orderId()));
                assertThat(mapping).as("order %s", request.orderId()).isNotNull();
                assertThat(mapping.orderNo()).as("order %s", request.orderId()).isEqualTo(orderNo);
            });
            Shop.open(client);
            sold.keySet().stream()
                    .collect(Collectors.toMap(OrderRequest::storeId, request -> request, (one, other) -> one))
                    .values()
                    .forEach(one -> assertThat(client.processOrder(basket(
                                    new StoreKey(one.cityId(), one.storeId()),
                                    line(one.basket().get(0).productId(), 1))))
                            .isInstanceOf(Completed.class));
            new Invariants(grid, postgres).check();
        }
    }
}
