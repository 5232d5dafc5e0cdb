package io.citygrid.grid;

import io.citygrid.placement.NodeAttributes;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.BaselineNode;

/**
 * How many of the nodes that the cluster is made of a node sees, itself among them: one that was cut off or frozen would take
 * orders that are lost when it comes back.
 */
final class Quorum {
    private final Collection<BaselineNode> baseline;
    private final Set<Object> present;

    private Quorum(Collection<BaselineNode> baseline, Set<Object> present) {
        this.baseline = baseline;
        this.present = present;
    }

    /** @throws RolledBack if the cluster has no baseline yet */
    static Quorum seenBy(Ignite node) {
        Collection<BaselineNode> baseline = node.cluster().currentBaselineTopology();
        if (baseline == null) {
            throw new RolledBack("the cluster has no baseline yet");
        }
        return new Quorum(
                List.copyOf(baseline),
                node.cluster().forServers().nodes().stream()
                        .map(BaselineNode::consistentId)
                        .collect(Collectors.toSet()));
    }

    /** Whether it sees at least half of all nodes. */
    boolean half() {
        return 2 * seen(member -> true) >= baseline.size();
    }

    /** Whether it sees more than half of the nodes of a city. */
    boolean mostOf(int cityId) {
        long expected = baseline.stream().filter(of(cityId)).count();
        return 2 * seen(of(cityId)) > expected;
    }

    /** Whether it sees a node of a city. */
    boolean anyOf(int cityId) {
        return seen(of(cityId)) > 0;
    }

    private long seen(Predicate<BaselineNode> which) {
        return baseline.stream()
                .filter(which)
                .filter(member -> present.contains(member.consistentId()))
                .count();
    }

    private static Predicate<BaselineNode> of(int cityId) {
        return member -> NodeAttributes.parseCities(member.attribute(NodeAttributes.CITY_ID))
                .contains(cityId);
    }

    /** Such as {@code 1 of 4}. */
    @Override
    public String toString() {
        return seen(member -> true) + " of " + baseline.size();
    }
}
