package io.citygrid.grid.backup;

import io.citygrid.grid.GridJob;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.resources.IgniteInstanceResource;

/** Says what a restore would do, and changes nothing. Thin clients run it by name. */
public final class RestorePlanTask extends ComputeTaskAdapter<RunRequest, RestorePlan> {
    private static final long serialVersionUID = 1L;

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, RunRequest request) {
        return Map.of(new PlanJob(request), OldestNode.of(node));
    }

    @Override
    public RestorePlan reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class PlanJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final RunRequest request;

        PlanJob(RunRequest request) {
            this.request = request;
        }

        @Override
        protected Object work() {
            return Backups.of(node).plan(request);
        }
    }
}
