package io.citygrid.grid.backup;

import io.citygrid.grid.GridJob;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeJobResultPolicy;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.resources.IgniteInstanceResource;

/**
 * Makes or brings back a backup: longer than an answer, so it is asked for again and again until it is done. Thin clients run it by
 * name.
 */
public final class RunTask extends ComputeTaskAdapter<RunRequest, RunProgress> {
    private static final long serialVersionUID = 1L;

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, RunRequest request) {
        return Map.of(new RunJob(request), OldestNode.of(node));
    }

    /** Another node would begin it without being the oldest; whoever asks, asks again. */
    @Override
    public ComputeJobResultPolicy result(ComputeJobResult result, List<ComputeJobResult> received) {
        if (result.getException() != null) {
            throw result.getException();
        }
        return ComputeJobResultPolicy.WAIT;
    }

    @Override
    public RunProgress reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class RunJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final RunRequest request;

        RunJob(RunRequest request) {
            this.request = request;
        }

        @Override
        protected Object work() {
            return Backups.of(node).progress(request);
        }
    }
}
