package io.citygrid.order.web;

import io.citygrid.catalog.StoreDirectory;
import io.citygrid.catalog.StoreDirectory.StoreEntry;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.Receipt;
import io.citygrid.web.Problem;
import io.citygrid.web.ProblemType;
import io.citygrid.web.access.Visitor;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/orders}: sells a basket, and shows a receipt again. */
@RestController
@RequestMapping("/api/orders")
final class OrdersController {
    private static final Logger log = LoggerFactory.getLogger(OrdersController.class);

    private final GridClient grid;
    private final StoreDirectory stores;
    private final StoredReceipts receipts;
    private final OrderMeters meters;
    private final Visitor visitor;

    OrdersController(
            GridClient grid, StoreDirectory stores, StoredReceipts receipts, OrderMeters meters, Visitor visitor) {
        this.grid = grid;
        this.stores = stores;
        this.receipts = receipts;
        this.meters = meters;
        this.visitor = visitor;
    }

    /** 201 for a sale made now, 200 with the same receipt for one made by an earlier try with the same id. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ReceiptBody> sell(@Valid @RequestBody OrderBody body) {
        StoreEntry store = stores.find(body.storeId()).orElseThrow(() -> OrderRefusals.unknownStore(body.storeId()));
        visitor.requireOf(store.cityId(), store.id(), "order");
        OrderOutcome outcome = process(body, store.cityId());
        if (outcome instanceof OrderOutcome.Completed sold) {
            return ResponseEntity.created(
                            URI.create("/api/orders/" + sold.receipt().orderId()))
                    .body(ReceiptBody.of(sold.receipt()));
        }
        if (outcome instanceof OrderOutcome.AlreadyCompleted earlier) {
            return ResponseEntity.ok(ReceiptBody.of(earlier.receipt()));
        }
        throw OrderRefusals.problem(outcome);
    }

    private OrderOutcome process(OrderBody body, int cityId) {
        long begun = System.nanoTime();
        try {
            OrderOutcome outcome = grid.processOrder(body.request(cityId));
            meters.answered(cityId, outcome, System.nanoTime() - begun);
            return outcome;
        } catch (OutcomeUnknown noAnswer) {
            meters.unanswered(cityId, System.nanoTime() - begun);
            log.warn("outcome of order {} is unknown: {}", body.orderId(), noAnswer.toString());
            throw new Problem(
                            ProblemType.OUTCOME_UNKNOWN,
                            "No answer came in time: the sale may have gone through or may still do so. "
                                    + "Ask again with the same order id.")
                    .with("orderId", body.orderId());
        }
    }

    @GetMapping("/{orderId}")
    ReceiptBody receipt(
            @PathVariable("orderId") @Pattern(regexp = OrderBody.UUID_FORM, message = "must be a UUID")
                    String orderId) {
        Receipt receipt = receipts.find(UUID.fromString(orderId))
                .orElseThrow(() -> new Problem(ProblemType.UNKNOWN_ORDER, "There is no order with this id.")
                        .with("orderId", orderId));
        StoreEntry store =
                stores.find(receipt.storeId()).orElseThrow(() -> OrderRefusals.unknownStore(receipt.storeId()));
        visitor.requireOf(store.cityId(), store.id(), "receipt");
        return ReceiptBody.of(receipt);
    }
}
