package io.citygrid.grid.topology;

import io.citygrid.grid.GridCaches;
import java.util.Collection;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.cache.IgniteInternalCache;
import org.apache.ignite.internal.processors.cache.distributed.dht.topology.GridDhtPartitionState;
import org.apache.ignite.internal.processors.cache.distributed.dht.topology.GridDhtPartitionTopology;

/**
 * Which copies of fragments are still being filled. An affinity names a node as an owner from the moment on which it may get its copy.
 *
 * <p>Ignite's public way is the system view {@code PARTITION_STATES}, a query that waits while nodes come and go, and that is when
 * this is asked. What the view reads is read here without waiting.
 */
final class MovingCopies {
    private final GridDhtPartitionTopology states;

    private MovingCopies(GridDhtPartitionTopology states) {
        this.states = states;
    }

    /** As {@code node} knows it; all city caches lie alike. */
    static MovingCopies seenBy(Ignite node) {
        IgniteInternalCache<Object, Object> orders = ((IgniteEx) node).cachex(GridCaches.ORDERS.name());
        if (orders == null) {
            throw new IllegalStateException("the caches of this node are not there yet");
        }
        return new MovingCopies(orders.context().topology());
    }

    /** Names of the nodes among {@code owners} whose copy of {@code fragment} is not whole yet. */
    List<String> of(int fragment, Collection<ClusterNode> owners) {
        return owners.stream()
                .filter(owner -> states.partitionState(owner.id(), fragment) == GridDhtPartitionState.MOVING)
                .map(owner -> owner.consistentId().toString())
                .toList();
    }
}
