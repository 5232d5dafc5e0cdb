package io.citygrid.grid.node;

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
import org.apache.ignite.lang.IgniteCallable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the clocks of a cluster's nodes go together. */
public final class Clocks {
    private static final Logger log = LoggerFactory.getLogger(Clocks.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private Clocks() {}

    /** Asked of another node. */
    public static final class Now implements IgniteCallable<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long call() {
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
                        .callAsync(new Now())
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
