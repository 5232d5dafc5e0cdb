package io.citygrid.stock;

import io.citygrid.grid.GridCaches;
import io.citygrid.model.CityFragment;
import io.citygrid.model.stock.StockOutcome;
import io.citygrid.model.stock.StockRequest;
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

/** Moves stock in one store: one job on the primary of the store's fragment. Thin clients run it by name. */
public final class MoveStockTask extends ComputeTaskAdapter<StockRequest, StockOutcome> {
    @IgniteInstanceResource
    private transient Ignite node;

    @Override
    public Map<? extends ComputeJob, ClusterNode> map(List<ClusterNode> nodes, StockRequest request) {
        int fragment = CityFragment.of(request.cityId(), request.storeId());
        ClusterNode primary = node.affinity(GridCaches.INVENTORY.name()).mapPartitionToNode(fragment);
        if (primary == null) {
            throw new IgniteException("no living node holds city fragment " + fragment);
        }
        return Map.of(new MoveStockJob(request), primary);
    }

    @Override
    public StockOutcome reduce(List<ComputeJobResult> results) {
        return results.get(0).getData();
    }

    private static final class MoveStockJob extends ComputeJobAdapter {
        private static final long serialVersionUID = 1L;

        private final StockRequest request;

        @IgniteInstanceResource
        private transient Ignite node;

        MoveStockJob(StockRequest request) {
            this.request = request;
        }

        @Override
        public Object execute() {
            return new MoveStock(node).move(request);
        }
    }
}
