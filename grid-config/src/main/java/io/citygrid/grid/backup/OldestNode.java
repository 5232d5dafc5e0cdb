package io.citygrid.grid.backup;

import io.citygrid.placement.NodeAttributes;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;

/** The data node that acts for the whole cluster. */
final class OldestNode {
    private OldestNode() {}

    /** @throws IgniteException if there is none */
    static ClusterNode of(Ignite node) {
        ClusterNode oldest = node.cluster()
                .forServers()
                .forAttribute(NodeAttributes.ROLE, NodeAttributes.ROLE_DATA)
                .forOldest()
                .node();
        if (oldest == null) {
            throw new IgniteException("there is no data node");
        }
        return oldest;
    }

    static boolean isLocal(Ignite node) {
        return of(node).isLocal();
    }
}
