package io.citygrid.load.sales;

import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.load.sales.OrderAnswer.NoAnswer;
import io.citygrid.load.sales.OrderAnswer.Refused;
import io.citygrid.load.sales.OrderAnswer.Sold;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sends orders to ProcessOrder and puts its outcomes into three: sold, refused, no answer. An order without an answer is sent
 * again with the same id, so it is never sold twice.
 *
 * @param processOrder {@code GridClient::processOrder}
 */
public record OrderSender(Function<OrderRequest, OrderOutcome> processOrder) {
    /** Times an order is sent; each takes as long as the grid client waits. */
    static final int TRIES = 3;

    /** Sends one order and waits for its answer. */
    public OrderAnswer send(OrderRequest order) {
        String lastReason = "";
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                OrderOutcome outcome = processOrder.apply(order);
                if (outcome instanceof OrderOutcome.Completed completed) {
                    return new Sold(completed.receipt(), true);
                }
                if (outcome instanceof OrderOutcome.AlreadyCompleted completed) {
                    return new Sold(completed.receipt(), false);
                }
                if (outcome instanceof OrderOutcome.RolledBack rolledBack) {
                    lastReason = rolledBack.reason();
                } else if (outcome instanceof OrderOutcome.StoreNotOpen store && !store.isShut()) {
                    lastReason = store.reason();
                } else {
                    return new Refused(reason(outcome));
                }
            } catch (OutcomeUnknown unknown) {
                lastReason = String.valueOf(unknown.getMessage());
                if (Thread.currentThread().isInterrupted()) {
                    return new NoAnswer(lastReason);
                }
            }
        }
        return new NoAnswer(lastReason);
    }

    private static String reason(OrderOutcome refusal) {
        if (refusal instanceof OrderOutcome.OutOfStock outOfStock) {
            return outOfStock.shortages().stream()
                    .map(shortage ->
                            shortage.name() + ": " + shortage.wanted() + " wanted, " + shortage.onHand() + " on hand")
                    .collect(Collectors.joining("; ", "out of stock (", ")"));
        }
        if (refusal instanceof OrderOutcome.InvalidBasket invalid) {
            return invalid.reason();
        }
        if (refusal instanceof OrderOutcome.UnknownProduct unknown) {
            return "the catalogue has no product " + unknown.productId();
        }
        if (refusal instanceof OrderOutcome.UnknownStore unknown) {
            return "there is no store " + unknown.storeId();
        }
        if (refusal instanceof OrderOutcome.UnknownCustomer unknown) {
            return "there is no customer " + unknown.customerId();
        }
        if (refusal instanceof OrderOutcome.OrderIdReused reused) {
            return "an order with other content has the id " + reused.orderId() + " already";
        }
        if (refusal instanceof OrderOutcome.InsufficientTender tender) {
            return tender.tendered() + " was tendered for " + tender.total();
        }
        if (refusal instanceof OrderOutcome.NotStored notStored) {
            return notStored.database() + " did not take it: " + notStored.reason();
        }
        if (refusal instanceof OrderOutcome.NotInCharge elsewhere) {
            return elsewhere.reason();
        }
        if (refusal instanceof OrderOutcome.StoreNotOpen store) {
            return store.reason();
        }
        throw new IllegalStateException("not a refusal: " + refusal);
    }
}
