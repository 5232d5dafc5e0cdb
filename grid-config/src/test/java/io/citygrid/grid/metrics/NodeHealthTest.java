package io.citygrid.grid.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Selling;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What keeps a node from being ready. */
class NodeHealthTest {
    @Test
    void aNodeWhoseFragmentsSellIsReady() {
        assertThat(NodeHealth.problems(cluster("ACTIVE", true, true, Selling.YES, ""), "karachi-1"))
                .isEmpty();
    }

    @Test
    void whatOthersDoNotSellIsTheirs() {
        assertThat(NodeHealth.problems(cluster("ACTIVE", true, true, Selling.SHUT, "rows differ"), "lahore-1"))
                .isEmpty();
    }

    @Test
    void everythingThatIsInTheWayIsSaid() {
        assertThat(NodeHealth.problems(cluster("INACTIVE", false, false, Selling.SHUT, "rows differ"), "karachi-1"))
                .containsExactly(
                        "the cluster is INACTIVE",
                        "it sees only 1 of 3 nodes",
                        "1 of its 16 fragments do not sell: rows differ");
        assertThat(NodeHealth.problems(cluster("ACTIVE", true, true, Selling.YES, ""), "multan-1"))
                .containsExactly("it is not in the baseline");
    }

    private static Topology cluster(String state, boolean second, boolean third, Selling selling, String message) {
        return Seen.cluster(state, Seen.nodes(second, third), Seen.first(Seen.WELL, selling, message), List.of());
    }
}
