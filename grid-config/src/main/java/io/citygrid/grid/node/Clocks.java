package io.citygrid.grid.node;

import io.citygrid.grid.GridJob;
import io.citygrid.model.ClockGap;
import io.citygrid.placement.NodeAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.internal.processors.task.GridInternal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the clocks of a cluster's nodes go together. */
public final class Clocks {
    private static final Logger log = LoggerFactory.getLogger(Clocks.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private Clocks() {}

    /**
     * Asked of another node. Ignite's mark for tasks of its own: with users, Ignite writes the name of every other task into a cache
     * first, and waits for ever for that while the cluster is not active, which at a first start it is not yet.
     */
    @GridInternal
    public static final class NowTask extends ComputeTaskAdapter<@Nullable Object, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, @Nullable Object nothing) {
            return Map.of(new NowJob(), nodes.get(0));
        }

        @Override
        public Long reduce(List<ComputeJobResult> results) {
            return results.get(0).getData();
        }
    }

    private static final class NowJob extends GridJob {
        private static final long serialVersionUID = 1L;

        @Override
        protected Object work() {
            return System.currentTimeMillis();
        }
    }

    /**
     * How far the clocks of the other data nodes are from {@code own}, by name; a node that does not answer is missing.
     *
     * @param own the clock of {@code node}
     */
    public static Map<String, ClockGap> gaps(Ignite node, Clock own) {
        Map<String, ClockGap> gaps = new TreeMap<>();
        for (ClusterNode other : node.cluster()
                .forServers()
                .forRemotes()
                .forAttribute(NodeAttributes.ROLE, NodeAttributes.ROLE_DATA)
                .nodes()) {
            Instant asked = own.instant();
            try {
                long theirs = node.compute(node.cluster().forNode(other))
                        .executeAsync(NowTask.class, null)
                        .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
                gaps.put(
                        String.valueOf(other.consistentId()),
                        ClockGap.of(asked, Instant.ofEpochMilli(theirs), own.instant()));
            } catch (IgniteException silent) {
                log.debug("node {} did not say what time it is", other.consistentId(), silent);
            }
        }
        return gaps;
    }

    /** @throws UnsafeSettings if another node's clock is further than {@link ClockGap#MAX} from {@code own} */
    static void requireTogether(Ignite node, Clock own) {
        List<String> apart = gaps(node, own).entrySet().stream()
                .filter(gap -> gap.getValue().tooLarge())
                .map(gap -> "the clock of node " + gap.getKey() + " is " + gap.getValue() + " of this node's")
                .toList();
        if (!apart.isEmpty()) {
            throw new UnsafeSettings(apart);
        }
    }
}
