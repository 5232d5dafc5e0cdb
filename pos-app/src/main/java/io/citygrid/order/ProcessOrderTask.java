package io.citygrid.order;

import io.citygrid.grid.FragmentTask;
import io.citygrid.grid.GridJob;
import io.citygrid.model.CityFragment;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.security.plugin.Caller;
import org.apache.ignite.compute.ComputeJob;

/**
 * Sells a basket: one job on the primary of the store's fragment. Thin clients run it by name.
 *
 * <p>Cancelling the task or a time-out at the client does not cancel the order; whoever gets no answer asks again with the same
 * order id.
 */
public final class ProcessOrderTask extends FragmentTask<OrderRequest, OrderOutcome> {
    private static final long serialVersionUID = 1L;

    @Override
    protected int fragment(OrderRequest request) {
        return CityFragment.of(request.cityId(), request.storeId());
    }

    @Override
    protected ComputeJob job(OrderRequest request) {
        return new ProcessOrderJob(request);
    }

    private static final class ProcessOrderJob extends GridJob {
        private static final long serialVersionUID = 1L;

        private final OrderRequest request;

        ProcessOrderJob(OrderRequest request) {
            this.request = request;
        }

        @Override
        protected void require(Caller caller) {
            caller.requireCity(request.cityId(), "sell");
        }

        @Override
        protected Object work() {
            return new ProcessOrder(node).sell(request);
        }
    }
}
