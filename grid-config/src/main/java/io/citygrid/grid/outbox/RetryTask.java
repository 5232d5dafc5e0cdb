package io.citygrid.grid.outbox;

import io.citygrid.grid.EveryNode;
import io.citygrid.grid.GridJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;

/**
 * Has every data node try its databases again at once, and answers what came of it. The argument says after how many milliseconds
 * at the latest; the nodes go on in the background.
 */
public final class RetryTask extends ComputeTaskAdapter<Integer, RetryResult> {
    /** The longest wait, in milliseconds. */
    public static final int MILLIS_MAX = 2_000;

    private static final long serialVersionUID = 1L;

    /** What a node's answer needs for its way back. */
    private static final int MARGIN_MILLIS = 300;

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, Integer millis) {
        return Map.of(
                new AskJob(Math.max(2 * MARGIN_MILLIS, Math.min(MILLIS_MAX, millis))),
                node.cluster().localNode());
    }

    @Override
    public RetryResult reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class AskJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final int millis;

        AskJob(int millis) {
            this.millis = millis;
        }

        @Override
        protected Object work() {
            EveryNode.Answers<RetryResult> answers =
                    EveryNode.ask(node, new Retry(millis - MARGIN_MILLIS), Duration.ofMillis(millis));
            return RetryResult.together(answers.byNode().values(), answers.silent());
        }
    }

    /** What one node does. */
    public static final class Retry implements IgniteCallable<RetryResult> {
        private static final long serialVersionUID = 1L;

        private final int millis;

        @IgniteInstanceResource
        private transient Ignite node;

        Retry(int millis) {
            this.millis = millis;
        }

        @Override
        public RetryResult call() {
            return Replication.of(node).retryNow(Duration.ofMillis(millis));
        }
    }
}
