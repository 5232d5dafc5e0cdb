package io.citygrid.grid.metrics;

import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.Topology.Fragment;
import io.citygrid.grid.topology.Topology.Selling;
import io.citygrid.grid.topology.TopologyTask;
import java.util.ArrayList;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.cluster.ClusterState;

/**
 * Whether a node lives, and whether it serves. PostgreSQL has no say in either: sales go on without it, and a node that was
 * started again for its sake would only be away as well.
 */
public final class NodeHealth {
    /**
     * An answer, with what is in the way.
     *
     * @param problems in sentences; empty if all is well
     */
    public record Verdict(List<String> problems) {
        public Verdict {
            problems = List.copyOf(problems);
        }

        public boolean ok() {
            return problems.isEmpty();
        }
    }

    private final Ignite node;
    private final String instance;
    private final String name;

    public NodeHealth(Ignite node) {
        this.node = node;
        this.instance = node.name();
        this.name = node.cluster().localNode().consistentId().toString();
    }

    /** Whether starting the process again would help; asks nobody, so it answers while the cluster does not. */
    public Verdict live() {
        IgniteState state = Ignition.state(instance);
        return new Verdict(
                state == IgniteState.STARTED ? List.of() : List.of("the node is " + state + ", start it again"));
    }

    /** Whether the node does its part: the cluster is active, it is in the baseline, sees the others, and its fragments sell. */
    public Verdict ready() {
        if (!live().ok()) {
            return live();
        }
        return new Verdict(problems(TopologyTask.of(node), name));
    }

    /** What keeps {@code name} from serving in a cluster that it sees so. */
    static List<String> problems(Topology topology, String name) {
        List<String> problems = new ArrayList<>();
        if (!topology.state().equals(ClusterState.ACTIVE.name())) {
            problems.add("the cluster is " + topology.state());
        }
        long expected =
                topology.nodes().stream().filter(Topology.Node::inBaseline).count();
        long seen = topology.nodes().stream()
                .filter(member -> member.inBaseline() && member.alive())
                .count();
        if (topology.nodes().stream().noneMatch(member -> member.name().equals(name) && member.inBaseline())) {
            problems.add("it is not in the baseline");
        }
        if (2 * seen < expected) {
            problems.add("it sees only " + seen + " of " + expected + " nodes");
        }
        List<Fragment> own = topology.fragments().stream()
                .filter(fragment ->
                        !fragment.owners().isEmpty() && fragment.owners().get(0).equals(name))
                .toList();
        List<Fragment> closed = own.stream()
                .filter(fragment -> fragment.selling() != Selling.YES)
                .toList();
        if (!closed.isEmpty()) {
            problems.add(closed.size() + " of its " + own.size() + " fragments do not sell: "
                    + closed.stream()
                            .map(Fragment::message)
                            .filter(message -> !message.isEmpty())
                            .findFirst()
                            .orElse("they are being opened"));
        }
        return problems;
    }
}
