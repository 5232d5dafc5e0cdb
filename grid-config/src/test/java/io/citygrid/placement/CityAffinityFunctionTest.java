package io.citygrid.placement;

import static io.citygrid.placement.Nodes.city;
import static io.citygrid.placement.Nodes.names;
import static io.citygrid.placement.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.model.CityFragment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.ignite.cluster.ClusterNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where fragments lie: on the city's own nodes, evenly, and with the copies that the survival goal asks for. */
class CityAffinityFunctionTest {
    private static final int KARACHI = 1;
    private static final int LAHORE = 2;
    private static final int QUETTA = 3;

    private final List<ClusterNode> karachi = city(KARACHI, 2);
    private final List<ClusterNode> lahore = city(LAHORE, 2);
    private final List<ClusterNode> bothCities = all(karachi, lahore);

    @ParameterizedTest
    @EnumSource
    void everyFragmentHasItsCopiesOnDifferentNodes(SurvivalGoal goal) {
        Placed placed = Placed.on(bothCities, goal);

        assertThat(placed.owners()).hasSize(1024);
        assertThat(placed.owners())
                .allSatisfy(
                        owners -> assertThat(owners).hasSize(goal.backups() + 1).doesNotHaveDuplicates());
    }

    @ParameterizedTest
    @EnumSource
    void primariesLieOnTheCitysNodesOnly(SurvivalGoal goal) {
        Placed placed = Placed.on(bothCities, goal);

        assertThat(placed.primariesIn(KARACHI)).isSubsetOf(names(karachi));
        assertThat(placed.primariesIn(LAHORE)).isSubsetOf(names(lahore));
    }

    @ParameterizedTest
    @EnumSource
    void twoNodesOfACityHaveEightPrimariesEach(SurvivalGoal goal) {
        Placed placed = Placed.on(bothCities, goal);

        assertThat(placed.primariesPerNode(KARACHI).values()).containsExactly(8, 8);
        assertThat(placed.primariesPerNode(LAHORE).values()).containsExactly(8, 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 7, 16})
    void everyNodeOfACityHasItsShareOfPrimaries(int nodes) {
        Placed placed = Placed.on(all(city(KARACHI, nodes), lahore), SurvivalGoal.BOTH);

        int share = CityFragment.SLOTS / nodes;
        int larger = CityFragment.SLOTS % nodes;
        assertThat(placed.primariesPerNode(KARACHI).values())
                .hasSize(nodes)
                .allSatisfy(primaries -> assertThat(primaries).isBetween(share, share + (larger > 0 ? 1 : 0)));
        assertThat(placed.primariesIn(KARACHI)).isSubsetOf(names(city(KARACHI, nodes)));
    }

    @Test
    void theNodeGoalKeepsItsBackupInTheCity() {
        Placed placed = Placed.on(bothCities, SurvivalGoal.NODE);

        assertThat(placed.ownersIn(KARACHI))
                .allSatisfy(owners -> assertThat(owners).isSubsetOf(names(karachi)));
    }

    @Test
    void theCityGoalKeepsItsBackupInAnotherCity() {
        Placed placed = Placed.on(bothCities, SurvivalGoal.CITY);

        assertThat(placed.ownersIn(KARACHI))
                .allSatisfy(owners -> assertThat(names(lahore)).contains(owners.get(1)));
    }

    @Test
    void theGoalOfBothKeepsOneBackupInTheCityAndOneElsewhere() {
        Placed placed = Placed.on(bothCities, SurvivalGoal.BOTH);

        assertThat(placed.ownersIn(KARACHI)).allSatisfy(owners -> {
            assertThat(owners.subList(0, 2)).hasSameElementsAs(names(karachi));
            assertThat(names(lahore)).contains(owners.get(2));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"CITY", "BOTH"})
    void aCityWithoutNodesIsServedByOthersWithABackupInYetAnotherCity(SurvivalGoal goal) {
        Placed placed = Placed.on(bothCities, goal);

        assertThat(placed.ownersIn(QUETTA)).allSatisfy(owners -> {
            Collection<String> home = names(karachi).contains(owners.get(0)) ? names(karachi) : names(lahore);
            assertThat(home).contains(owners.get(0)).doesNotContain(owners.get(owners.size() - 1));
        });
    }

    @Test
    void aCityWithoutNodesIsSpreadEvenlyOverAllOthers() {
        assertThat(Placed.on(bothCities, SurvivalGoal.BOTH).primariesPerNode(QUETTA))
                .hasSize(4)
                .allSatisfy((node, primaries) -> assertThat(primaries).isEqualTo(4));
    }

    @Test
    void aNodeOfSeveralCitiesServesEachOfThem() {
        ClusterNode shared = node("shared", "1, 2");
        Placed placed = Placed.on(List.of(shared, node("quetta", "3")), SurvivalGoal.CITY);

        assertThat(placed.primariesIn(KARACHI)).containsOnly("shared");
        assertThat(placed.primariesIn(LAHORE)).containsOnly("shared");
        assertThat(placed.primariesIn(QUETTA)).containsOnly("quetta");
    }

    @Test
    void aNodeThatSharesACityWithThePrimaryIsNoOtherCity() {
        List<ClusterNode> nodes = List.of(node("karachi", "1"), node("shared", "1,2"), node("quetta", "3"));

        assertThat(Placed.on(nodes, SurvivalGoal.CITY).ownersIn(KARACHI))
                .allSatisfy(owners -> assertThat(owners).last().isEqualTo("quetta"));
    }

    @ParameterizedTest
    @EnumSource
    void aSingleNodeHoldsEverythingOnce(SurvivalGoal goal) {
        assertThat(Placed.on(city(KARACHI, 1), goal).owners()).hasSize(1024).containsOnly(List.of("city1-1"));
    }

    @ParameterizedTest
    @EnumSource
    void aLoneNodeOfACityIsBackedUpInAnotherCityRatherThanNotAtAll(SurvivalGoal goal) {
        Placed placed = Placed.on(all(city(KARACHI, 1), city(LAHORE, 1)), goal);

        assertThat(placed.ownersIn(KARACHI)).containsOnly(List.of("city1-1", "city2-1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"CITY", "BOTH"})
    void aLoneCityIsBackedUpWithinItselfRatherThanNotAtAll(SurvivalGoal goal) {
        assertThat(Placed.on(city(KARACHI, 3), goal).owners())
                .allSatisfy(owners -> assertThat(owners).hasSize(goal.backups() + 1));
    }

    @Test
    void noNodesOwnNothing() {
        assertThat(Placed.on(List.of(), SurvivalGoal.BOTH).owners())
                .hasSize(1024)
                .containsOnly(List.of());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theOrderOfTheNodesDoesNotMatter(long seed) {
        List<ClusterNode> nodes = all(city(KARACHI, 3), city(LAHORE, 2), city(QUETTA, 5));
        List<ClusterNode> shuffled = new ArrayList<>(nodes);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(Placed.on(shuffled, SurvivalGoal.BOTH)).isEqualTo(Placed.on(nodes, SurvivalGoal.BOTH));
    }

    @ParameterizedTest
    @EnumSource
    void aNodeThatReturnsUnderItsNameGetsBackWhatItHad(SurvivalGoal goal) {
        List<ClusterNode> restarted = all(city(KARACHI, 2), lahore);

        assertThat(Placed.on(restarted, goal)).isEqualTo(Placed.on(bothCities, goal));
    }

    @ParameterizedTest
    @EnumSource
    void aNodeThatJoinsAnotherCityMovesNoPrimary(SurvivalGoal goal) {
        Placed before = Placed.on(bothCities, goal);
        Placed after = Placed.on(all(bothCities, List.of(node("city2-3", "2"))), goal);

        assertThat(after.primariesIn(KARACHI)).isEqualTo(before.primariesIn(KARACHI));
    }

    @ParameterizedTest
    @EnumSource
    void aNewCityMovesNoPrimaryOfTheOthers(SurvivalGoal goal) {
        Placed before = Placed.on(bothCities, goal);
        Placed after = Placed.on(all(bothCities, city(QUETTA, 2)), goal);

        assertThat(after.primariesIn(KARACHI)).isEqualTo(before.primariesIn(KARACHI));
        assertThat(after.primariesIn(LAHORE)).isEqualTo(before.primariesIn(LAHORE));
        assertThat(after.primariesIn(QUETTA)).isSubsetOf(names(city(QUETTA, 2)));
    }

    @ParameterizedTest
    @EnumSource(names = {"CITY", "BOTH"})
    void whenACityDiesItsBackupsBecomeThePrimaries(SurvivalGoal goal) {
        Placed after = Placed.on(lahore, goal);

        assertThat(after.primariesIn(KARACHI)).isSubsetOf(names(lahore));
        assertThat(new HashSet<>(after.primariesIn(KARACHI))).hasSize(2);
    }

    @Test
    void thePartitionIsTheCityFragment() {
        CityAffinityFunction function = new CityAffinityFunction(SurvivalGoal.BOTH);

        assertThat(function.partitions()).isEqualTo(1024);
        assertThat(function.partition(CityFragment.of(LAHORE, 7))).isEqualTo(39);
        assertThat(Set.of(function.partition(0), function.partition(1023))).containsExactlyInAnyOrder(0, 1023);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1024, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aFragmentThatDoesNotExistIsRefused(int fragment) {
        assertThatThrownBy(() -> new CityAffinityFunction(SurvivalGoal.NODE).partition(fragment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(fragment));
    }

    @Test
    void anAffinityKeyThatIsNoIntIsRefused() {
        CityAffinityFunction function = new CityAffinityFunction(SurvivalGoal.NODE);

        for (Object key : new Object[] {"17", 17L, (short) 17}) {
            assertThatThrownBy(() -> function.partition(key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(key.getClass().getName());
        }
        assertThatThrownBy(() -> function.partition(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @SafeVarargs
    private static List<ClusterNode> all(List<ClusterNode>... cities) {
        return Stream.of(cities).flatMap(List::stream).toList();
    }
}
