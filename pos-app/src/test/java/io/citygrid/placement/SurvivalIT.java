package io.citygrid.placement;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Fragment;
import io.citygrid.grid.topology.TopologyTask;
import io.citygrid.model.CityFragment;
import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where each survival goal puts the copies of a city's fragments, and what stopping nodes does to them and to sales. */
class SurvivalIT {
    private static final int TEA_PRICE = 47;

    @TempDir
    private Path directory;

    private TestPostgres postgres;
    private TestGrid grid;
    private GridClient client;
    private Shop shop;
    private StoreKey karachi;
    private StoreKey lahore;
    private int tea;

    @BeforeEach
    void startPostgres() {
        postgres = new TestPostgres(directory);
    }

    private void start(SurvivalGoal goal) {
        grid = new TestGrid(directory, goal, postgres.settings());
        client = grid.connect();
        shop = Shop.open(client);
        karachi = shop.store(Shop.KARACHI);
        lahore = shop.store(Shop.LAHORE);
        tea = shop.product(TEA_PRICE + ".00");
        shop.stock(karachi, tea, 1_000);
        shop.stock(lahore, tea, 1_000);
        sellInBothCities();
    }

    @AfterEach
    void checkAndStop() {
        new Invariants(grid, postgres).check();
        client.close();
        grid.close();
        postgres.close();
    }

    @Test
    void bothKeepsOneBackupInTheCityAndOneElsewhere() {
        start(SurvivalGoal.BOTH);

        assertThat(fragments()).hasSize(2 * CityFragment.SLOTS).allSatisfy(fragment -> {
            assertThat(fragment.owners()).hasSize(3);
            assertThat(citiesOf(fragment.owners()))
                    .containsExactly(cityOf(fragment), cityOf(fragment), other(fragment));
        });
        assertThat(primaries())
                .containsExactlyEntriesOf(
                        new TreeMap<>(Map.of("karachi-1", 8, "karachi-2", 8, "lahore-1", 8, "lahore-2", 8)));
    }

    @Test
    void nodeKeepsBothCopiesInTheCityAndSurvivesANode() {
        start(SurvivalGoal.NODE);
        assertThat(fragments()).hasSize(2 * CityFragment.SLOTS).allSatisfy(fragment -> {
            assertThat(citiesOf(fragment.owners())).containsExactly(cityOf(fragment), cityOf(fragment));
        });
        assertThat(primaries()).containsEntry("karachi-1", 8).containsEntry("lahore-2", 8);

        grid.stopNode("karachi-1");

        await(topology -> assertThat(primariesOf(Shop.KARACHI)).containsOnlyKeys("karachi-2"));
        sellInBothCities();

        grid.stopNode("karachi-2");
        await(topology -> assertThat(fragments())
                .anySatisfy(fragment -> assertThat(fragment.owners()).isEmpty()));
        shop.sold(basket(lahore, line(tea, 1)));
        // The node with the older copy comes back first; all nodes starting afresh find the newer one.
        grid.startNode("karachi-1");
        grid.startNode("karachi-2");
        grid.close();
        TestGrid.NAMES.forEach(grid::startNode);
        grid.awaitServing();
        sellInBothCities();
    }

    @Test
    void cityKeepsTheBackupInTheOtherCity() {
        start(SurvivalGoal.CITY);
        assertThat(fragments()).hasSize(2 * CityFragment.SLOTS).allSatisfy(fragment -> {
            assertThat(citiesOf(fragment.owners())).containsExactly(cityOf(fragment), other(fragment));
        });
        assertThat(primaries()).containsEntry("karachi-1", 8).containsEntry("lahore-2", 8);

        grid.stopNode("karachi-1");
        grid.stopNode("karachi-2");

        await(topology -> assertThat(primariesOf(Shop.KARACHI).keySet()).allMatch(name -> name.startsWith("lahore")));
        sellInBothCities();
        restartKarachi();
    }

    @Test
    void bothSurvivesANodeWithoutLeavingTheCityAndACityWithoutLosingASale() {
        start(SurvivalGoal.BOTH);
        Map<String, Long> before = entries();

        grid.stopNode("karachi-1");
        await(topology -> {
            assertThat(primariesOf(Shop.KARACHI)).containsExactly(Map.entry("karachi-2", CityFragment.SLOTS));
            assertThat(primariesOf(Shop.LAHORE)).containsOnlyKeys("lahore-1", "lahore-2");
        });
        assertThat(entries()).isEqualTo(before);
        sellInBothCities();

        Map<String, Long> withOneNodeLess = entries();
        grid.stopNode("karachi-2");
        await(topology -> assertThat(primariesOf(Shop.KARACHI).keySet()).allMatch(name -> name.startsWith("lahore")));
        assertThat(entries()).isEqualTo(withOneNodeLess);
        sellInBothCities();

        Map<String, Long> withoutTheCity = entries();
        restartKarachi();
        assertThat(entries()).isEqualTo(withoutTheCity);
        sellInBothCities();
    }

    private void restartKarachi() {
        grid.startNode("karachi-1");
        grid.startNode("karachi-2");
        grid.awaitServing();
        await(topology -> assertThat(primaries())
                .containsExactlyEntriesOf(
                        new TreeMap<>(Map.of("karachi-1", 8, "karachi-2", 8, "lahore-1", 8, "lahore-2", 8))));
    }

    private void sellInBothCities() {
        for (int i = 0; i < 5; i++) {
            shop.sold(basket(karachi, line(tea, 1)));
            shop.sold(basket(lahore, line(tea, 2)));
        }
    }

    private void await(Consumer<Topology> expectation) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> expectation.accept(TopologyTask.of(grid.node())));
    }

    private Map<String, Long> entries() {
        return GridCaches.ALL.stream()
                .filter(cache -> cache.kind().inPostgres())
                .collect(Collectors.toMap(
                        cache -> cache.name(), cache -> cache.on(grid.node()).sizeLong()));
    }

    private List<Fragment> fragments() {
        return TopologyTask.of(grid.node()).fragments();
    }

    private Map<String, Integer> primaries() {
        Map<String, Integer> primaries = new TreeMap<>(primariesOf(Shop.KARACHI));
        primariesOf(Shop.LAHORE).forEach((name, count) -> primaries.merge(name, count, Integer::sum));
        return primaries;
    }

    private Map<String, Integer> primariesOf(int cityId) {
        Map<String, Integer> primaries = new TreeMap<>();
        fragments().stream()
                .filter(fragment -> CityFragment.cityOf(fragment.fragment()) == cityId)
                .forEach(fragment -> primaries.merge(fragment.owners().get(0), 1, Integer::sum));
        return primaries;
    }

    private static String cityOf(Fragment fragment) {
        return CityFragment.cityOf(fragment.fragment()) == Shop.KARACHI ? "karachi" : "lahore";
    }

    private static String other(Fragment fragment) {
        return cityOf(fragment).equals("karachi") ? "lahore" : "karachi";
    }

    private static List<String> citiesOf(List<String> nodes) {
        return nodes.stream().map(name -> name.substring(0, name.indexOf('-'))).toList();
    }
}
