package io.citygrid.order.web;

import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.Shortage;
import io.citygrid.web.Problem;
import io.citygrid.web.ProblemType;
import io.citygrid.web.Sentences;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in HTTP what ProcessOrder refused, in words for the person at the register. */
final class OrderRefusals {
    private static final Logger log = LoggerFactory.getLogger(OrderRefusals.class);

    /** A product that is short. */
    record ShortageBody(int productId, String name, int wanted, int onHand) {
        static ShortageBody of(Shortage shortage) {
            return new ShortageBody(shortage.productId(), shortage.name(), shortage.wanted(), shortage.onHand());
        }
    }

    private OrderRefusals() {}

    /** @throws IllegalArgumentException if {@code outcome} is a sale */
    static Problem problem(OrderOutcome outcome) {
        if (outcome instanceof OrderOutcome.OrderIdReused reused) {
            return new Problem(
                            ProblemType.ORDER_ID_REUSED,
                            "This order id was already used for a sale with another store, customer or basket.")
                    .with("orderId", reused.orderId());
        }
        if (outcome instanceof OrderOutcome.OutOfStock lacking) {
            return new Problem(ProblemType.OUT_OF_STOCK, "The store has too little of some products. Nothing was sold.")
                    .with(
                            "shortages",
                            lacking.shortages().stream().map(ShortageBody::of).toList());
        }
        if (outcome instanceof OrderOutcome.UnknownProduct unknown) {
            return new Problem(ProblemType.UNKNOWN_PRODUCT, "The catalogue has no product " + unknown.productId() + ".")
                    .with("productId", unknown.productId());
        }
        if (outcome instanceof OrderOutcome.UnknownStore unknown) {
            return unknownStore(unknown.storeId());
        }
        if (outcome instanceof OrderOutcome.UnknownCustomer unknown) {
            return new Problem(ProblemType.UNKNOWN_CUSTOMER, "There is no customer " + unknown.customerId() + ".")
                    .with("customerId", unknown.customerId());
        }
        if (outcome instanceof OrderOutcome.InvalidBasket invalid) {
            return new Problem(ProblemType.INVALID_BASKET, invalid.reason());
        }
        if (outcome instanceof OrderOutcome.InsufficientTender little) {
            return new Problem(
                            ProblemType.INSUFFICIENT_TENDER,
                            "The basket costs " + little.total() + " and " + little.tendered() + " was tendered.")
                    .with("total", little.total())
                    .with("tendered", little.tendered());
        }
        if (outcome instanceof OrderOutcome.NotStored refused) {
            // The node has warned of the outage once; each refused sale is for the log file.
            log.info("not sold: {}", refused.reason());
            return new Problem(
                    ProblemType.DATABASE_UNAVAILABLE, "The city's database refused the sale. Nothing was sold.");
        }
        if (outcome instanceof OrderOutcome.RolledBack rolledBack) {
            log.info("not sold: rolled back: {}", rolledBack.reason());
            return new Problem(ProblemType.TRY_AGAIN, "The sale was rolled back. Nothing was sold; try again.");
        }
        if (outcome instanceof OrderOutcome.NotInCharge elsewhere) {
            return new Problem(ProblemType.NOT_IN_CHARGE, "Nothing was sold. " + elsewhere.reason());
        }
        if (outcome instanceof OrderOutcome.StoreNotOpen store) {
            return new Problem(
                    store.isShut() ? ProblemType.STORE_SHUT : ProblemType.STORE_NOT_OPEN,
                    "Nothing was sold. " + Sentences.of(store.reason()));
        }
        throw new IllegalArgumentException(
                "not a refusal: " + outcome.getClass().getSimpleName());
    }

    static Problem unknownStore(int storeId) {
        return new Problem(ProblemType.UNKNOWN_STORE, "There is no store " + storeId + ".").with("storeId", storeId);
    }
}
