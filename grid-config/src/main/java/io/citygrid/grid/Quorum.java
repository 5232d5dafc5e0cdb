package io.citygrid.grid;

import java.util.Collection;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.BaselineNode;

/** Whether a node may take orders: one that was cut off or frozen would take orders that are lost when it comes back. */
public final class Quorum {
    private Quorum() {}

    /** @throws RolledBack if {@code node} sees fewer than half of the nodes that the cluster is made of */
    public static void require(Ignite node) {
        Collection<BaselineNode> baseline = node.cluster().currentBaselineTopology();
        if (baseline == null) {
            throw new RolledBack("the cluster has no baseline yet");
        }
        long expected = baseline.size();
        long seen = node.cluster().forServers().nodes().stream()
                .map(member -> member.consistentId())
                .filter(id -> baseline.stream()
                        .anyMatch(member -> member.consistentId().equals(id)))
                .count();
        if (2 * seen < expected) {
            throw new RolledBack("this node sees only " + seen + " of " + expected + " nodes");
        }
    }
}
