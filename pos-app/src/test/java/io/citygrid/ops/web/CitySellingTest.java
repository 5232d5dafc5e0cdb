package io.citygrid.ops.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Choices;
import io.citygrid.grid.topology.Topology.Fragment;
import io.citygrid.grid.topology.Topology.Node;
import io.citygrid.grid.topology.Topology.Selling;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether a city can sell, by the picture of the cluster. */
class CitySellingTest {
    private static final List<String> OWN = List.of("karachi-1");
    private static final List<String> FOREIGN = List.of("lahore-1");

    @Test
    void oneFragmentThatSellsIsEnough() {
        CitySelling city = karachi("hand-over", List.of(), true, fragment(0, OWN, Selling.SHUT), fragment(1, OWN, Selling.YES));

        assertThat(city.some()).isTrue();
        assertThat(city.words()).isEqualTo("1 of 2 fragments sell");
    }

    @Test
    void fragmentsThatAreLostOrNotOpenDoNotSell() {
        assertThat(karachi("hand-over", List.of(), true, fragment(0, List.of(), Selling.YES)).some())
                .isFalse();
        for (Selling selling : List.of(Selling.SOON, Selling.SHUT, Selling.LOST)) {
            assertThat(karachi("hand-over", List.of(), true, fragment(0, OWN, selling)).some())
                    .isFalse();
        }
    }

    @Test
    void whoSeesFewerThanHalfOfTheNodesDoesNotSell() {
        assertThat(karachi("hand-over", List.of(), false, fragment(0, OWN, Selling.YES)).some())
                .isFalse();
    }

    @Test
    void anotherCitySellsIfThatIsTheChoice() {
        Fragment foreign = fragment(0, FOREIGN, Selling.YES);
        Fragment own = fragment(0, OWN, Selling.YES);

        assertThat(karachi("hand-over", List.of(), true, foreign).some()).isTrue();
        assertThat(karachi("keep-selling", List.of(), true, foreign).some()).isFalse();
        assertThat(karachi("keep-selling", List.of(1), true, foreign).some()).isTrue();
        assertThat(karachi("keep-selling", List.of(), true, own).some()).isTrue();
        assertThat(karachi("keep-selling", List.of(1), true, own).some()).isFalse();
    }

    private static Fragment fragment(int slot, List<String> owners, Selling selling) {
        return new Fragment(16 + slot, owners, List.of(), selling, "");
    }

    private static CitySelling karachi(
            String cityLoss, List<Integer> takenOver, boolean others, Fragment... fragments) {
        List<Node> nodes = List.of(
                new Node("karachi-1", List.of(1), "k:1", true, true),
                new Node("karachi-2", List.of(1), "k:2", others, true),
                new Node("lahore-1", List.of(2), "l:1", others, true));
        return CitySelling.of(new Topology(
                        new Choices("both", "in-transaction", cityLoss),
                        "ACTIVE",
                        1,
                        nodes,
                        List.of(fragments),
                        List.of(),
                        takenOver))
                .get(1);
    }
}
