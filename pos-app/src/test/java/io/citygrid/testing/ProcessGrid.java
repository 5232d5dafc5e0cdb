package io.citygrid.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.topology.Topology;
import io.citygrid.model.CityFragment;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.SalesLog.Sold;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.cache.Cache;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;

/** Four nodes in processes of their own, a PostgreSQL and a client, for tests that kill and freeze nodes under load. */
public final class ProcessGrid implements AutoCloseable {
    private final Path directory;
    private final TestPostgres postgres;
    private final TestGrid.Layout layout;
    private final NodeProcesses nodes = new NodeProcesses();
    private final GridClient client;

    public ProcessGrid(Path directory, WriteThroughMode mode) {
        this(directory, SurvivalGoal.BOTH, mode);
    }

    public ProcessGrid(Path directory, SurvivalGoal goal, WriteThroughMode mode) {
        this.directory = directory;
        this.postgres = new TestPostgres(directory);
        this.layout = new TestGrid.Layout(directory, goal, postgres.settings()).with(mode);
        try {
            startAll();
            this.client = new GridClient(TestUsers.admin(layout.addresses()));
        } catch (RuntimeException notStarted) {
            nodes.close();
            postgres.close();
            throw notStarted;
        }
        WholeGrid.await(client);
    }

    /** How sales are written to PostgreSQL: {@code -Dcitygrid.test.write-through}, or inside the grid transaction. */
    public static WriteThroughMode mode() {
        return WriteThroughMode.of(
                System.getProperty("citygrid.test.write-through", WriteThroughMode.IN_TRANSACTION.setting()));
    }

    public NodeProcesses nodes() {
        return nodes;
    }

    public GridClient client() {
        return client;
    }

    public TestPostgres postgres() {
        return postgres;
    }

    /** Where {@code node} keeps its data. */
    public Path folder(String node) {
        return layout.settings(node).directory();
    }

    public void startAll() {
        TestGrid.NAMES.forEach(name -> nodes.start(layout.settingsOfProcess(name)));
        TestGrid.NAMES.forEach(name -> nodes.awaitServing(layout.settingsOfProcess(name)));
    }

    /** Starts a node unless it runs, and waits for nothing. */
    public void start(String node) {
        nodes.start(layout.settingsOfProcess(node));
    }

    /** Starts a node that ended, and waits until the grid is whole again. */
    public void startAgain(String node) {
        nodes.start(layout.settingsOfProcess(node));
        nodes.awaitServing(layout.settingsOfProcess(node));
        WholeGrid.await(client);
    }

    /** Two stores in each city, each of them sold for by another node. */
    public List<StoreKey> aStoreOnEachNode(Shop shop) {
        Map<Integer, String> primaries = client.topology().orElseThrow().fragments().stream()
                .collect(Collectors.toMap(Topology.Fragment::fragment, fragment -> fragment.owners()
                        .get(0)));
        Map<String, StoreKey> byNode = new LinkedHashMap<>();
        for (int i = 0; byNode.size() < TestGrid.NAMES.size(); i++) {
            StoreKey store = shop.store(i % 2 == 0 ? Shop.KARACHI : Shop.LAHORE);
            byNode.putIfAbsent(primaries.get(CityFragment.of(store.cityId(), store.storeId())), store);
        }
        return List.copyOf(byNode.values());
    }

    /**
     * Checks everything that must hold when {@code log} was all that was sold: nothing lost, nothing twice, all copies equal
     * while the nodes still run, and after they have left, the same data in this process equal to PostgreSQL.
     */
    public void check(SalesLog log) {
        WholeGrid.await(client);
        IdleVerify.assertCopiesAreEqual(directory, firstAddress());
        client.close();
        nodes.close();
        try (TestGrid grid = new TestGrid(layout)) {
            Map<UUID, Long> numbers = numbers(grid);
            for (Sold sale : log.sold()) {
                assertThat(numbers.get(sale.request().orderId()))
                        .as("the number of order %s", sale.request().orderId())
                        .isEqualTo(sale.orderNo());
            }
            assertThat(GridCaches.ORDERS.on(grid.node()).sizeLong())
                    .as("orders in the grid")
                    .isEqualTo(log.sold().size());
            new Invariants(grid, postgres).check();
            IdleVerify.assertCopiesAreEqual(directory, firstAddress());
        }
    }

    private String firstAddress() {
        String all = layout.addresses();
        return all.substring(0, all.indexOf(','));
    }

    /** The receipt number of each order id. */
    private static Map<UUID, Long> numbers(TestGrid grid) {
        Map<UUID, Long> numbers = new HashMap<>();
        try (QueryCursor<Cache.Entry<OrderMappingKey, OrderMapping>> rows =
                GridCaches.ORDER_MAPPING.on(grid.node()).query(new ScanQuery<OrderMappingKey, OrderMapping>())) {
            rows.forEach(
                    row -> numbers.put(row.getKey().orderId(), row.getValue().orderNo()));
        }
        return numbers;
    }

    @Override
    public void close() {
        client.close();
        nodes.close();
        postgres.close();
    }
}
