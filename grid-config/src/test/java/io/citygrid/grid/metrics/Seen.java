package io.citygrid.grid.metrics;

import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Choices;
import io.citygrid.grid.topology.Topology.Fragment;
import io.citygrid.grid.topology.Topology.Node;
import io.citygrid.grid.topology.Topology.Selling;
import io.citygrid.model.CityFragment;
import io.citygrid.model.status.NodeReport;
import java.util.ArrayList;
import java.util.List;

/** Clusters of two nodes of Karachi (1) and one of Lahore (2), as a node may see them. */
final class Seen {
    static final List<String> WELL = List.of("karachi-1", "karachi-2", "lahore-1");

    private Seen() {}

    /** The first fragment of Karachi is as told, the others sell from karachi-1 with all copies. */
    static Topology cluster(String state, List<Node> nodes, Fragment first, List<NodeReport> reports) {
        List<Fragment> fragments = new ArrayList<>(List.of(first));
        for (int slot = 1; slot < CityFragment.SLOTS; slot++) {
            fragments.add(new Fragment(CityFragment.SLOTS + slot, WELL, List.of(), Selling.YES, ""));
        }
        return new Topology(
                new Choices("both", "in-transaction", "hand-over"), state, 1, nodes, fragments, reports, List.of());
    }

    static List<Node> nodes(boolean second, boolean third) {
        return List.of(node("karachi-1", 1, true), node("karachi-2", 1, second), node("lahore-1", 2, third));
    }

    static Node node(String name, int city, boolean alive) {
        return new Node(name, List.of(city), name + ":10800", alive, true);
    }

    static Fragment first(List<String> owners, Selling selling, String message) {
        return new Fragment(CityFragment.SLOTS, owners, List.of(), selling, message);
    }
}
