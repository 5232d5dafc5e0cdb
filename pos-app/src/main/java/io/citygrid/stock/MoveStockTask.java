package io.citygrid.stock;

import io.citygrid.grid.FragmentTask;
import io.citygrid.grid.GridJob;
import io.citygrid.model.CityFragment;
import io.citygrid.model.stock.StockOutcome;
import io.citygrid.model.stock.StockRequest;
import io.citygrid.security.plugin.Caller;
import org.apache.ignite.compute.ComputeJob;

/** Moves stock in one store: one job on the primary of the store's fragment. Thin clients run it by name. */
public final class MoveStockTask extends FragmentTask<StockRequest, StockOutcome> {
    private static final long serialVersionUID = 1L;

    @Override
    protected int fragment(StockRequest request) {
        return CityFragment.of(request.cityId(), request.storeId());
    }

    @Override
    protected ComputeJob job(StockRequest request) {
        return new MoveStockJob(request);
    }

    private static final class MoveStockJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final StockRequest request;

        MoveStockJob(StockRequest request) {
            this.request = request;
        }

        @Override
        protected void require(Caller caller) {
            caller.requireCity(request.cityId(), "move stock");
        }

        @Override
        protected Object work() {
            return new MoveStock(node).move(request);
        }
    }
}
