package io.citygrid.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.TopologyTask;
import io.citygrid.model.CityFragment;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Load;
import io.citygrid.testing.SalesLog;
import io.citygrid.testing.Shop;
import io.citygrid.testing.SteadyRegisters;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A city is added to a grid while eight registers sell in the two that it has; then it gets a second node and loses its first, twice. */
class GrowthIT {
    private static final int ISLAMABAD = 3;
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final List<Integer> OTHERS = List.of(Shop.KARACHI, Shop.LAHORE);

    private TestGrid grid;
    private GridClient client;
    private WholeGrid whole;

    @Test
    void aThirdCityJoinsUnderLoadAndMovesNoPrimaryOfTheOthers(@TempDir Path directory) throws Exception {
        long seed = Load.seed();
        try (TestPostgres postgres = new TestPostgres(directory)) {
            TestGrid.Layout layout = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
            grid = new TestGrid(layout);
            try (TestGrid closedAtTheEnd = grid;
                    GridClient closedToo = grid.connect()) {
                client = closedToo;
                whole = new WholeGrid(client, System.out::println);
                Shop shop = Shop.open(client);
                List<StoreKey> stores = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    stores.add(shop.store(Shop.KARACHI));
                    stores.add(shop.store(Shop.LAHORE));
                }
                SalesLog log;
                try (Load load = Load.start(client, shop, stores, seed);
                        PrimaryWatch watch = new PrimaryWatch()) {
                    load.awaitSales(100);
                    grow(postgres, shop);
                    load.awaitSales(50);
                    log = load.stop();
                    System.out.println("a third city, a second node of it, one node less: " + log.summary()
                            + "; looked at " + watch.looks() + " times");
                    assertThat(watch.moved())
                            .as("primaries of the other cities that moved")
                            .isEmpty();
                }
                assertThat(log.refused()).as("refused in the other cities").isEmpty();
                new Invariants(grid, postgres).check();
            }
        }
    }

    private void grow(TestPostgres postgres, Shop shop) throws SQLException {
        Map<Integer, List<String>> before = owners();
        addCity(postgres);
        StoreKey store = new StoreKey(ISLAMABAD, 9);
        assertThat(client.query("SELECT store_id FROM stores WHERE city_id = 3 ORDER BY store_id"))
                .isEqualTo(List.of(List.of(9), List.of(10)));

        grid.grow("islamabad-1", ISLAMABAD);
        whole.await(WITHIN);
        assertThat(ofCity(ISLAMABAD)).hasSize(16).allSatisfy(owners -> {
            assertThat(owners).first().isEqualTo("islamabad-1");
            assertThat(TestGrid.NAMES).containsAll(owners.subList(1, 3));
        });
        Map<Integer, List<String>> after = owners();
        System.out.println("copies of the other cities that moved to islamabad-1: " + moved(before, after));
        assertThat(moved(before, after).keySet()).isSubsetOf("islamabad-1");

        int tea = shop.product("2.50");
        shop.stock(store, tea, 100_000);
        try (SteadyRegisters registers = new SteadyRegisters(client, store, tea, 2)) {
            registers.awaitSales(20);
            awaitDelivered(postgres, orders -> assertThat(orders).isGreaterThanOrEqualTo(20));

            grid.grow("islamabad-2", ISLAMABAD);
            whole.await(WITHIN);
            assertThat(primaries(ISLAMABAD)).isEqualTo(Map.of("islamabad-1", 8, "islamabad-2", 8));
            Map<Integer, List<String>> withTwo = owners();
            System.out.println("copies that moved to islamabad-2: " + moved(after, withTwo));
            assertThat(moved(after, withTwo).keySet()).isSubsetOf("islamabad-2");
            registers.awaitSales(20);

            new RemoveNode(client, System.out::println, WITHIN).run("islamabad-1");
            grid.forget("islamabad-1");
            assertThat(primaries(ISLAMABAD)).isEqualTo(Map.of("islamabad-2", 16));
            assertThat(baseline()).hasSize(5).doesNotContain("islamabad-1");
            registers.awaitSales(20);
            assertThatThrownBy(() -> new RemoveNode(client, System.out::println, WITHIN).run("islamabad-2"))
                    .isInstanceOf(NotDone.class)
                    .hasMessageContaining("the last node of city 3");
            comesBackAndDies(registers);
            Map<OrderRequest, Long> sold = registers.stop();
            System.out.println(
                    "Islamabad meanwhile: " + sold.size() + " sales, longest " + registers.longestMillis() + " ms");
            awaitDelivered(postgres, orders -> assertThat(orders).isEqualTo(sold.size()));
        }
        assertThat(count(postgres, "pos_central", "city_databases")).isEqualTo(1);
    }

    /** A sale may be confirmed before PostgreSQL has it. */
    private static void awaitDelivered(TestPostgres postgres, LongConsumer asserted) {
        Awaitility.await("what was sold is in PostgreSQL")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> asserted.accept(count(postgres, "islamabad_db", "orders")));
    }

    /** The node that was taken out is let in again, with all that it had in its folder; then it is dead, and taken out for good. */
    private void comesBackAndDies(SteadyRegisters registers) {
        RemoveNode remove = new RemoveNode(client, System.out::println, WITHIN);
        remove.undo("islamabad-1");
        grid.grow("islamabad-1", ISLAMABAD);
        whole.await(WITHIN);
        assertThat(primaries(ISLAMABAD)).isEqualTo(Map.of("islamabad-1", 8, "islamabad-2", 8));
        registers.awaitSales(20);

        grid.stopNode("islamabad-1");
        registers.awaitSales(20);
        remove.run("islamabad-1");
        assertThat(primaries(ISLAMABAD)).isEqualTo(Map.of("islamabad-2", 16));
        assertThat(baseline()).hasSize(5).doesNotContain("islamabad-1");
        registers.awaitSales(20);
    }

    private void addCity(TestPostgres postgres) {
        String lahore = postgres.settings().urls().get(Shop.LAHORE);
        String url = lahore.replace("lahore_db", "islamabad_db");
        Map<String, String> stores = Map.of("ISB001", "Islamabad Blue Area", "ISB002", "Islamabad F-7");
        AddCity add = new AddCity(client, System.out::println);
        assertThatThrownBy(() -> add.run(new AddCity.Wanted(ISLAMABAD, "Islamabad", lahore, false, stores)))
                .isInstanceOf(NotDone.class)
                .hasMessageContaining("that is the database of city 2");
        assertThatThrownBy(() -> add.run(new AddCity.Wanted(Shop.LAHORE, "Islamabad", url, true, stores)))
                .isInstanceOf(NotDone.class)
                .hasMessageContaining("city 2 is Lahore");
        assertThatThrownBy(() -> add.run(new AddCity.Wanted(ISLAMABAD, "Islamabad", url, false, stores)))
                .isInstanceOf(NotDone.class)
                .hasMessageContaining("islamabad_db\" does not exist");
        add.run(new AddCity.Wanted(ISLAMABAD, "Islamabad", url, true, stores));
        // Doing it again changes nothing.
        add.run(new AddCity.Wanted(ISLAMABAD, "Islamabad", url, true, stores));
    }

    private List<List<String>> ofCity(int city) {
        return fragments().stream()
                .filter(fragment -> CityFragment.cityOf(fragment.fragment()) == city)
                .map(Topology.Fragment::owners)
                .toList();
    }

    private Map<String, Integer> primaries(int city) {
        Map<String, Integer> primaries = new TreeMap<>();
        ofCity(city).forEach(owners -> primaries.merge(owners.get(0), 1, Integer::sum));
        return primaries;
    }

    private List<Topology.Fragment> fragments() {
        return TopologyTask.of(grid.node("lahore-1")).fragments();
    }

    private List<String> baseline() {
        return grid.node("lahore-1").cluster().currentBaselineTopology().stream()
                .map(member -> member.consistentId().toString())
                .toList();
    }

    /** Of the fragments of the other cities. */
    private Map<Integer, List<String>> owners() {
        return fragments().stream()
                .filter(fragment -> OTHERS.contains(CityFragment.cityOf(fragment.fragment())))
                .collect(Collectors.toMap(Topology.Fragment::fragment, Topology.Fragment::owners));
    }

    /** How many copies each node was given. */
    private static Map<String, Integer> moved(Map<Integer, List<String>> before, Map<Integer, List<String>> after) {
        Map<String, Integer> moved = new TreeMap<>();
        after.forEach((fragment, owners) -> owners.stream()
                .filter(owner -> !before.get(fragment).contains(owner))
                .forEach(owner -> moved.merge(owner, 1, Integer::sum)));
        return moved;
    }

    private static long count(TestPostgres postgres, String database, String table) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Looks all the time, at a node of each city, who is the primary of each fragment of the two cities. */
    private final class PrimaryWatch implements AutoCloseable {
        private final Map<Integer, String> before = primaries("karachi-1");
        private final Map<String, String> moved = new TreeMap<>();
        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicBoolean open = new AtomicBoolean(true);
        private final Thread thread = new Thread(this::watch, "primary-watch");

        PrimaryWatch() {
            thread.start();
        }

        private Map<Integer, String> primaries(String node) {
            return TopologyTask.of(grid.node(node)).fragments().stream()
                    .filter(fragment -> OTHERS.contains(CityFragment.cityOf(fragment.fragment())))
                    .collect(Collectors.toMap(Topology.Fragment::fragment, fragment -> fragment.owners()
                            .get(0)));
        }

        private void watch() {
            while (open.get()) {
                for (String node : List.of("karachi-1", "lahore-2")) {
                    primaries(node).forEach((fragment, primary) -> {
                        if (!primary.equals(before.get(fragment))) {
                            moved.put(fragment + " seen by " + node, before.get(fragment) + " -> " + primary);
                        }
                    });
                    looks.incrementAndGet();
                }
                // Often enough to see what lasts for a moment, and no more: the registers need the processors.
                LockSupport.parkNanos(5_000_000);
            }
        }

        int looks() {
            return looks.get();
        }

        Map<String, String> moved() throws InterruptedException {
            close();
            return moved;
        }

        @Override
        public void close() throws InterruptedException {
            open.set(false);
            thread.join();
        }
    }
}
