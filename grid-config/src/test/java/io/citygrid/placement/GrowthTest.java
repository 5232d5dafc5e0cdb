package io.citygrid.placement;

import static io.citygrid.placement.Nodes.names;
import static io.citygrid.placement.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.model.CityFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.ignite.cluster.ClusterNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What moves when a city or a node is added, with the demo's names: its own fragments, its share of copies, and nothing else. */
class GrowthTest {
    private static final int KARACHI = 1;
    private static final int LAHORE = 2;
    private static final int ISLAMABAD = 3;

    private static final List<ClusterNode> TWO_CITIES = Stream.concat(
                    nodes("karachi", KARACHI, 2).stream(), nodes("lahore", LAHORE, 2).stream())
            .toList();

    @ParameterizedTest
    @EnumSource
    void theFirstNodeOfANewCityIsPrimaryOfItsFragmentsAndTheirCopiesAreElsewhere(SurvivalGoal goal) {
        Placed after = Placed.on(with(TWO_CITIES, nodes("islamabad", ISLAMABAD, 1)), goal);

        assertThat(after.ownersIn(ISLAMABAD)).allSatisfy(owners -> {
            assertThat(owners).hasSize(goal.backups() + 1).first().isEqualTo("islamabad-1");
            assertThat(names(TWO_CITIES)).containsAll(owners.subList(1, owners.size()));
        });
    }

    @ParameterizedTest
    @EnumSource
    void aNewCityIsGivenCopiesOfOthersAndNothingMovesBetweenTheOthers(SurvivalGoal goal) {
        Placed before = Placed.on(TWO_CITIES, goal);
        List<ClusterNode> newcomer = nodes("islamabad", ISLAMABAD, 1);
        Placed after = Placed.on(with(TWO_CITIES, newcomer), goal);

        assertThat(after.primariesIn(KARACHI)).isEqualTo(before.primariesIn(KARACHI));
        assertThat(after.primariesIn(LAHORE)).isEqualTo(before.primariesIn(LAHORE));
        Set<String> given = given(before, after, KARACHI, LAHORE);
        assertThat(given).isSubsetOf(names(newcomer));
        if (goal == SurvivalGoal.NODE) {
            assertThat(given).isEmpty();
        }
    }

    /** 9 of 32: about a third, which is what one of three nodes that may hold them ought to have. */
    @Test
    void aNewCityIsGivenItsShareOfTheCopiesInOtherCities() {
        Placed before = Placed.on(TWO_CITIES, SurvivalGoal.BOTH);
        Placed after = Placed.on(with(TWO_CITIES, nodes("islamabad", ISLAMABAD, 1)), SurvivalGoal.BOTH);

        assertThat(copied(before, after, KARACHI, LAHORE)).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource
    void theSecondNodeOfACityTakesHalfOfItsPrimariesAndNothingMovesBetweenOthers(SurvivalGoal goal) {
        List<ClusterNode> one = with(TWO_CITIES, nodes("islamabad", ISLAMABAD, 1));
        Placed before = Placed.on(one, goal);
        Placed after = Placed.on(with(TWO_CITIES, nodes("islamabad", ISLAMABAD, 2)), goal);

        assertThat(after.primariesPerNode(ISLAMABAD).values()).containsExactly(8, 8);
        assertThat(after.primariesIn(KARACHI)).isEqualTo(before.primariesIn(KARACHI));
        assertThat(after.primariesIn(LAHORE)).isEqualTo(before.primariesIn(LAHORE));
        assertThat(given(before, after, KARACHI, LAHORE)).isSubsetOf("islamabad-2");
        System.out.println(goal + " second node: others' copies " + copied(before, after, KARACHI, LAHORE) + " own "
                + copied(before, after, ISLAMABAD));
    }

    /** The share of the new node, and now and then a primary that changes places with a copy so that all carry the same again. */
    @ParameterizedTest
    @CsvSource({"1, 8, 0", "2, 5, 1", "3, 4, 2", "4, 3, 2", "5, 2, 3", "6, 2, 0", "7, 2, 0"})
    void aFurtherNodeOfACityTakesItsShareOfPrimaries(int nodes, int toTheNewNode, int betweenTheOthers) {
        Placed before = Placed.on(with(TWO_CITIES, nodes("islamabad", ISLAMABAD, nodes)), SurvivalGoal.BOTH);
        Placed after = Placed.on(with(TWO_CITIES, nodes("islamabad", ISLAMABAD, nodes + 1)), SurvivalGoal.BOTH);

        List<String> moved = IntStream.range(0, CityFragment.SLOTS)
                .filter(slot -> !before.primariesIn(ISLAMABAD)
                        .get(slot)
                        .equals(after.primariesIn(ISLAMABAD).get(slot)))
                .mapToObj(slot -> after.primariesIn(ISLAMABAD).get(slot))
                .toList();
        String newcomer = "islamabad-" + (nodes + 1);
        assertThat(moved).filteredOn(newcomer::equals).hasSize(toTheNewNode);
        assertThat(moved).filteredOn(node -> !newcomer.equals(node)).hasSize(betweenTheOthers);
    }

    private static List<ClusterNode> nodes(String city, int id, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> node(city + "-" + number, Integer.toString(id)))
                .toList();
    }

    private static List<ClusterNode> with(List<ClusterNode> some, List<ClusterNode> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The nodes that have copies of the cities' fragments which they did not have before. */
    private static Set<String> given(Placed before, Placed after, int... cities) {
        Set<String> given = new TreeSet<>();
        for (int city : cities) {
            for (int slot = 0; slot < CityFragment.SLOTS; slot++) {
                List<String> more = new ArrayList<>(after.ownersIn(city).get(slot));
                more.removeAll(before.ownersIn(city).get(slot));
                given.addAll(more);
            }
        }
        return given;
    }

    /** How many copies are made anew. */
    private static int copied(Placed before, Placed after, int... cities) {
        int copied = 0;
        for (int city : cities) {
            for (int slot = 0; slot < CityFragment.SLOTS; slot++) {
                List<String> more = new ArrayList<>(after.ownersIn(city).get(slot));
                more.removeAll(before.ownersIn(city).get(slot));
                copied += more.size();
            }
        }
        return copied;
    }
}
