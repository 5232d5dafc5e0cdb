package io.citygrid.bench.contender;

import io.citygrid.bench.drive.Register;
import io.citygrid.bench.drive.Request;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.GridClient.Pair;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.order.BasketLine;
import io.citygrid.model.order.Durability;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.PaymentMethod;
import io.citygrid.model.order.Receipt;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A register of a store app: all of them share the app's connections to the grid. */
final class GridRegister implements Register {
    private static final Logger log = LoggerFactory.getLogger(GridRegister.class);

    private static final int TRIES = 3;

    private final GridClient grid;

    GridRegister(GridClient grid) {
        this.grid = grid;
    }

    @Override
    public Answer sell(Request request) {
        List<BasketLine> basket = request.lines().stream()
                .map(line -> new BasketLine(line.productId(), line.quantity()))
                .toList();
        OrderRequest order = new OrderRequest(
                request.orderId(),
                request.cityId(),
                request.storeId(),
                request.customerId(),
                basket,
                PaymentMethod.CASH,
                null,
                null);
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                return answer(grid.processOrder(order));
            } catch (OutcomeUnknown askAgain) {
                log.debug("order {} is asked for again", request.orderId(), askAgain);
            }
        }
        return Answer.UNKNOWN;
    }

    private static Answer answer(OrderOutcome outcome) {
        if (outcome instanceof OrderOutcome.Completed completed) {
            return sold(completed.receipt());
        }
        if (outcome instanceof OrderOutcome.AlreadyCompleted completed) {
            return sold(completed.receipt());
        }
        log.debug("refused: {}", outcome.getClass().getSimpleName());
        return Answer.REFUSED;
    }

    private static Answer sold(Receipt receipt) {
        return receipt.durability() == Durability.WRITTEN_THROUGH ? Answer.SOLD : Answer.QUEUED;
    }

    @Override
    public Answer lookUp(Request request) {
        int productId = request.lines().get(0).productId();
        try {
            Pair<Inventory, Product> found = grid.getBoth(
                    GridCaches.INVENTORY,
                    new InventoryKey(request.cityId(), request.storeId(), productId),
                    GridCaches.PRODUCTS,
                    productId);
            return found.first() == null || found.second() == null ? Answer.REFUSED : Answer.TOLD;
        } catch (OutcomeUnknown unanswered) {
            return Answer.UNKNOWN;
        }
    }

    /** The app's connections stay for the other registers. */
    @Override
    public void close() {}
}
