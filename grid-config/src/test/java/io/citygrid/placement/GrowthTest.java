package io.citygrid.placement;

import static io.citygrid.placement.Nodes.names;
import static io.citygrid.placement.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.ignite.cluster.ClusterNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What moves when a city or a node is added, with the demo's names: its own fragments, its share of copies, and nothing else. */
class GrowthTest {
    private static final int KARACHI = 1;
    private static final int LAHORE = 2;
    private static final int ISLAMABAD = 3;

    private static final List<ClusterNode> TWO_CITIES =
            Stream.concat(nodes("karachi", KARACHI, 2).stream(), nodes("lahore", LAHORE, 2).stream())
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

    /** A third of the copies in other cities, which is what one of three nodes that may hold them ought to have. */
    @Test
    void aNewCityIsGivenItsShareOfTheCopiesInOtherCities() {
        Placed before = Placed.on(TWO_CITIES, SurvivalGoal.BOTH);
        Placed after = Placed.on(with(TWO_CITIES, nodes("islamabad", ISLAMABAD, 1)), SurvivalGoal.BOTH);

        assertThat(moves(before, after, KARACHI, LAHORE)).isEqualTo(MEASURED_ONE);
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
        System.out.println(goal + " second node: others' copies " + moves(before, after, KARACHI, LAHORE) + " own " + moves(before, after, ISLAMABAD));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void aFurtherNodeOfACityTakesItsShareOfPrimariesOnly(int nodes) {
        Placed before = Placed.on(with(TWO_CITIES, nodes("islamabad", ISLAMABAD, nodes)), SurvivalGoal.BOTH);
        Placed after = Placed.on(with(TWO_CITIES, nodes("islamabad", ISLAMABAD, nodes + 1)), SurvivalGoal.BOTH);

        List<Integer> moved = IntStream.range(0, 16)
                .filter(slot -> !before.primariesIn(ISLAMABAD).get(slot).equals(after.primariesIn(ISLAMABAD).get(slot)))
                .boxed()
                .toList();
        System.out.println(nodes + "+1 moved primaries " + moved.size() + " of which to the new "
                + moved.stream().filter(slot -> after.primariesIn(ISLAMABAD).get(slot).equals("islamabad-" + (nodes + 1))).count()
                + " given " + given(before, after, ISLAMABAD) + moves(before, after, ISLAMABAD));
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
            for (int slot = 0; slot < 16; slot++) {
                List<String> more = new ArrayList<>(after.ownersIn(city).get(slot));
                more.removeAll(before.ownersIn(city).get(slot));
                given.addAll(more);
            }
        }
        return given;
    }

    /** How many copies are made anew. */
    private static int moves(Placed before, Placed after, int... cities) {
        int moves = 0;
        for (int city : cities) {
            for (int slot = 0; slot < 16; slot++) {
                List<String> more = new ArrayList<>(after.ownersIn(city).get(slot));
                more.removeAll(before.ownersIn(city).get(slot));
                moves += more.size();
            }
        }
        return moves;
    }

    private static final int MEASURED_ONE = 10;
}
