package io.citygrid.grid.leave;

import io.citygrid.grid.GridJob;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.resources.IgniteInstanceResource;

/**
 * Has a node leave; answers an empty text when it leaves or has left, or why it does not. It stays in the baseline, so nothing is
 * moved to other nodes.
 */
public final class LeaveTask extends ComputeTaskAdapter<LeaveRequest, String> {
    private static final long serialVersionUID = 1L;

    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, LeaveRequest request) {
        ClusterNode leaving = node.cluster().node(request.nodeId());
        return Map.of(new LeaveJob(request), leaving == null ? node.cluster().localNode() : leaving);
    }

    @Override
    public String reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class LeaveJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final LeaveRequest request;

        LeaveJob(LeaveRequest request) {
            this.request = request;
        }

        @Override
        protected Object work() {
            if (!node.cluster().localNode().id().equals(request.nodeId())) {
                // It left before it could be asked; the job was taken over by another.
                return "";
            }
            try {
                Leaving.of(node).leave(request.comesBack());
                return "";
            } catch (IllegalStateException stays) {
                return "node " + node.cluster().localNode().consistentId() + " does not leave: " + stays.getMessage();
            }
        }
    }
}
