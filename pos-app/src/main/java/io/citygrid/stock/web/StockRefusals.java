package io.citygrid.stock.web;

import io.citygrid.model.stock.StockOutcome;
import io.citygrid.web.Problem;
import io.citygrid.web.ProblemType;
import io.citygrid.web.Sentences;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Says in HTTP why stock was not moved. */
final class StockRefusals {
    private static final Logger log = LoggerFactory.getLogger(StockRefusals.class);

    private StockRefusals() {}

    /** @throws IllegalArgumentException if {@code outcome} is not a refusal */
    static Problem problem(StockOutcome outcome, int storeId) {
        if (outcome instanceof StockOutcome.Refused refused) {
            return switch (refused.rule()) {
                case UNKNOWN_STORE -> unknownStore(storeId);
                case UNKNOWN_PRODUCT -> new Problem(ProblemType.UNKNOWN_PRODUCT, refused.reason());
                case INVALID_MOVEMENT -> new Problem(ProblemType.INVALID_MOVEMENT, refused.reason());
                case OUT_OF_STOCK -> new Problem(ProblemType.OUT_OF_STOCK, refused.reason());
            };
        }
        if (outcome instanceof StockOutcome.NotStored refused) {
            log.warn("stock not moved: database {} did not take it", refused.database());
            return new Problem(
                    ProblemType.DATABASE_UNAVAILABLE,
                    "The city's database did not take the movement. Nothing was moved; try again.");
        }
        if (outcome instanceof StockOutcome.RolledBack rolledBack) {
            log.info("stock not moved: rolled back: {}", rolledBack.reason());
            return new Problem(ProblemType.TRY_AGAIN, "The movement was rolled back. Nothing was moved; try again.");
        }
        if (outcome instanceof StockOutcome.NotInCharge elsewhere) {
            return new Problem(ProblemType.NOT_IN_CHARGE, "Nothing was moved. " + elsewhere.reason());
        }
        if (outcome instanceof StockOutcome.StoreNotOpen store) {
            return new Problem(
                    store.isShut() ? ProblemType.STORE_SHUT : ProblemType.STORE_NOT_OPEN,
                    "Nothing was moved. " + Sentences.of(store.reason()));
        }
        throw new IllegalArgumentException(
                "not a refusal: " + outcome.getClass().getSimpleName());
    }

    /** The store is part of the address here, so it is the address that is wrong. */
    static Problem unknownStore(int storeId) {
        return new Problem(ProblemType.UNKNOWN_STORE, HttpStatus.NOT_FOUND, "There is no store " + storeId + ".")
                .with("storeId", storeId);
    }
}
