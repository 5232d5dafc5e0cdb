package io.citygrid.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.topology.Topology;
import io.citygrid.model.CityFragment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** Whether a grid is whole as its clients see it: all nodes there, every copy complete, every fragment at home. */
public final class WholeGrid {
    private static final Duration WHOLE_WITHIN = Duration.ofSeconds(120);

    private WholeGrid() {}

    /** Waits until all four nodes are there, no copy is being filled, and each node sells for its half of its city. */
    public static void await(GridClient client) {
        Awaitility.await("the grid is whole")
                .atMost(WHOLE_WITHIN)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    Topology topology = client.topology().orElseThrow();
                    assertThat(topology.nodes().stream().filter(Topology.Node::alive))
                            .hasSize(TestGrid.NAMES.size());
                    assertThat(primaries(topology)).isEqualTo(halves());
                    assertThat(client.query("SELECT COUNT(*) FROM SYS.PARTITION_STATES WHERE STATE <> 'OWNING'"))
                            .isEqualTo(List.of(List.of(0L)));
                });
    }

    private static Map<String, Integer> halves() {
        Map<String, Integer> halves = new TreeMap<>();
        TestGrid.NAMES.forEach(name -> halves.put(name, CityFragment.SLOTS / 2));
        return halves;
    }

    private static Map<String, Integer> primaries(Topology topology) {
        Map<String, Integer> primaries = new TreeMap<>();
        topology.fragments()
                .forEach(fragment -> primaries.merge(fragment.owners().get(0), 1, Integer::sum));
        return primaries;
    }

    /** The name of the oldest node, which coordinates changes of the topology. */
    public static String coordinator(GridClient client) {
        return String.valueOf(client.query("SELECT CONSISTENT_ID FROM SYS.NODES ORDER BY NODE_ORDER LIMIT 1")
                .get(0)
                .get(0));
    }
}
