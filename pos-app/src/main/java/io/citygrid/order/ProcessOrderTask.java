package io.citygrid.order;

import io.citygrid.grid.GridCaches;
import io.citygrid.model.CityFragment;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.compute.ComputeJob;
import org.apache.ignite.compute.ComputeJobAdapter;
import org.apache.ignite.compute.ComputeJobResult;
import org.apache.ignite.compute.ComputeTaskAdapter;
import org.apache.ignite.resources.IgniteInstanceResource;

/**
 * Sells a basket: one job on the primary of the store's fragment. Thin clients run it by name.
 *
 * <p>Cancelling the task or a time-out at the client does not cancel the order; whoever gets no answer asks again with the same
 * order id.
 */
public final class ProcessOrderTask extends ComputeTaskAdapter<OrderRequest, OrderOutcome> {
    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, OrderRequest request) {
        int fragment = CityFragment.of(request.cityId(), request.storeId());
        ClusterNode primary = node.affinity(GridCaches.ORDERS.name()).mapPartitionToNode(fragment);
        if (primary == null) {
            throw new IgniteException("no living node holds city fragment " + fragment);
        }
        return Map.of(new ProcessOrderJob(request), primary);
    }

    @Override
    public OrderOutcome reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class ProcessOrderJob extends ComputeJobAdapter {
        private static final long serialVersionUID = 1L;

        private final OrderRequest request;

        @IgniteInstanceResource
        private transient Ignite node;

        ProcessOrderJob(OrderRequest request) {
            this.request = request;
        }

        @Override
        public Object execute() {
            return new ProcessOrder(node).sell(request);
        }
    }
}
