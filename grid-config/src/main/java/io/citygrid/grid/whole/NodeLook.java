package io.citygrid.grid.whole;

import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.leave.Leaving;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;

/** What one node knows of itself. */
public final class NodeLook implements IgniteCallable<NodeLook.Seen> {
    private static final long serialVersionUID = 1L;

    /** One cache of each group: a group's caches share their partitions. */
    private static final List<GridCache<?, ?>> GROUPS =
            List.of(GridCaches.ORDERS, GridCaches.CITIES, GridCaches.NODE_REPORTS);

    @IgniteInstanceResource
    private transient Ignite node;

    /** The answer. */
    public static final class Seen {
        private final long topologyVersion;
        private final int copiesBeingFilled;
        private final boolean databasesKnown;
        private final boolean comesBack;

        Seen(long topologyVersion, int copiesBeingFilled, boolean databasesKnown, boolean comesBack) {
            this.topologyVersion = topologyVersion;
            this.copiesBeingFilled = copiesBeingFilled;
            this.databasesKnown = databasesKnown;
            this.comesBack = comesBack;
        }

        /** Rises whenever a node joins or leaves. */
        public long topologyVersion() {
            return topologyVersion;
        }

        /** How many of its copies are not complete yet. */
        public int copiesBeingFilled() {
            return copiesBeingFilled;
        }

        /** Whether it knows where the rows of every city are kept. */
        public boolean databasesKnown() {
            return databasesKnown;
        }

        /** Whether somebody starts it again when it is told to leave and come back. */
        public boolean comesBack() {
            return comesBack;
        }
    }

    @Override
    public Seen call() {
        int filling = GROUPS.stream()
                .mapToInt(cache -> cache.on(node).localMetrics().getRebalancingPartitionsCount())
                .sum();
        return new Seen(
                node.cluster().topologyVersion(),
                filling,
                WriteThrough.of(node).databases().complete(),
                Leaving.of(node).canComeBack());
    }
}
