package io.citygrid.grid.cost;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.citygrid.grid.EveryNode;
import io.citygrid.grid.GridJob;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.DataRegionMetrics;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterMetrics;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** Answers what every data node has spent so far. Reads counters alone; touches no data. */
public final class NodeCostTask extends ComputeTaskAdapter<Object, NodeCosts> {
    private static final long serialVersionUID = 1L;

    /** Below the patience of a client's try. */
    private static final Duration WITHIN = Duration.ofSeconds(1);

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, @Nullable Object nothing) {
        return Map.of(new AskJob(), node.cluster().localNode());
    }

    @Override
    public NodeCosts reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class AskJob extends GridJob {
        private static final long serialVersionUID = 1L;

        @Override
        protected Object work() {
            EveryNode.Answers<NodeCost> answers = EveryNode.ask(node, new Read(), WITHIN);
            return new NodeCosts(List.copyOf(answers.byNode().values()), answers.silent());
        }
    }

    /** What one node answers. */
    public static final class Read implements IgniteCallable<NodeCost> {
        private static final long serialVersionUID = 1L;

        /** By thread, when it was last looked at; of the whole process. */
        private static final Map<Long, Long> ALLOCATED = new HashMap<>();

        private static long allocatedByEnded;

        @IgniteInstanceResource
        private transient Ignite node;

        @Override
        public NodeCost call() {
            ClusterNode self = node.cluster().localNode();
            ClusterMetrics metrics = self.metrics();
            return new NodeCost(
                    self.consistentId().toString(),
                    cpuMillis(),
                    allocatedBytes(),
                    collectionMillis(),
                    metrics.getSentMessagesCount(),
                    metrics.getSentBytesCount(),
                    node.dataRegionMetrics().stream()
                            .mapToLong(DataRegionMetrics::getTotalUsedSize)
                            .sum());
        }

        private static long cpuMillis() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                    ? TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime())
                    : 0;
        }

        /** The JVM tells of living threads alone, so what a thread had when it was last seen is kept. */
        private static long allocatedBytes() {
            if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
                return 0;
            }
            long[] ids = threads.getAllThreadIds();
            long[] bytes = threads.getThreadAllocatedBytes(ids);
            synchronized (ALLOCATED) {
                Map<Long, Long> living = new HashMap<>();
                for (int i = 0; i < ids.length; i++) {
                    if (bytes[i] > 0) {
                        living.put(ids[i], bytes[i]);
                    }
                }
                ALLOCATED.forEach((id, last) -> {
                    if (!living.containsKey(id)) {
                        allocatedByEnded += last;
                    }
                });
                ALLOCATED.clear();
                ALLOCATED.putAll(living);
                return allocatedByEnded
                        + living.values().stream().mapToLong(Long::longValue).sum();
            }
        }

        private static long collectionMillis() {
            return ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                    .sum();
        }
    }
}
