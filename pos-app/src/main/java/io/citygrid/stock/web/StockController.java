package io.citygrid.stock.web;

import io.citygrid.catalog.SearchWords;
import io.citygrid.catalog.StoreDirectory;
import io.citygrid.catalog.StoreDirectory.StoreEntry;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.model.stock.StockOutcome;
import io.citygrid.model.stock.StockRequest;
import io.citygrid.security.audit.AuditOutcome;
import io.citygrid.web.Problem;
import io.citygrid.web.ProblemType;
import io.citygrid.web.access.Visitor;
import io.citygrid.web.audit.WebAudit;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/stores/{id}/inventory}: what a store has, and goods that come in, break or go missing. */
@RestController
@RequestMapping("/api/stores/{storeId}/inventory")
final class StockController {
    private static final Logger log = LoggerFactory.getLogger(StockController.class);

    private static final String MOVE = "stock.move";

    /** What is on hand after a movement. */
    record MovedBody(int storeId, int productId, int quantity, UUID movementId) {}

    private final GridClient grid;
    private final StoreDirectory stores;
    private final StockOnHand stock;
    private final Visitor visitor;
    private final WebAudit audit;

    StockController(GridClient grid, StoreDirectory stores, StockOnHand stock, Visitor visitor, WebAudit audit) {
        this.grid = grid;
        this.stores = stores;
        this.stock = stock;
        this.visitor = visitor;
        this.audit = audit;
    }

    @GetMapping
    List<StockOnHand.Row> onHand(
            @PathVariable("storeId") int storeId,
            @RequestParam(name = "query", defaultValue = "") @Size(max = SearchWords.LENGTH_MAX) String query,
            @RequestParam(name = "productId", required = false) @Nullable Integer productId,
            @RequestParam(name = "limit", defaultValue = "200") @Min(1) @Max(200) int limit) {
        StoreEntry store = store(storeId);
        visitor.requireOf(store.cityId(), storeId, "stock.list");
        if (productId != null) {
            return stock.of(store, productId);
        }
        SearchWords search = SearchWords.of(query);
        if (!search.isEmpty()) {
            return stock.matching(store, search, limit);
        }
        List<StockOnHand.Row> everything = stock.all(store);
        audit.recordOften("stock.list", "store " + storeId, AuditOutcome.ALLOWED, everything.size() + " rows");
        return everything;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    MovedBody move(@PathVariable("storeId") int storeId, @Valid @RequestBody MovementBody body) {
        StoreEntry store = store(storeId);
        visitor.requireOf(store.cityId(), storeId, MOVE);
        StockRequest request = body.request(store.cityId(), storeId);
        UUID movementId = request.lines().get(0).movementId();
        StockOutcome outcome;
        try {
            outcome = grid.moveStock(request);
        } catch (OutcomeUnknown noAnswer) {
            record(storeId, body, movementId, AuditOutcome.FAILED, "whether it was moved is not known");
            log.warn("outcome of stock movement {} is unknown: {}", movementId, noAnswer.toString());
            throw new Problem(
                            ProblemType.OUTCOME_UNKNOWN,
                            "No answer came in time: the stock may have been moved or may still be. "
                                    + "Ask again with the same movement id.")
                    .with("movementId", movementId);
        }
        if (outcome instanceof StockOutcome.Moved moved) {
            int quantity = moved.onHand().getOrDefault(body.productId(), 0);
            record(storeId, body, movementId, AuditOutcome.ALLOWED, "on hand now: " + quantity);
            return new MovedBody(storeId, body.productId(), quantity, movementId);
        }
        Problem why = StockRefusals.problem(outcome, storeId);
        record(storeId, body, movementId, AuditOutcome.FAILED, why.type().code());
        throw why;
    }

    private void record(int storeId, MovementBody body, UUID movementId, AuditOutcome outcome, String more) {
        audit.record(
                MOVE,
                "store " + storeId + " product " + body.productId(),
                outcome,
                "%+d %s, movement %s; %s".formatted(body.delta(), body.reason(), movementId, more));
    }

    private StoreEntry store(int storeId) {
        return stores.find(storeId).orElseThrow(() -> StockRefusals.unknownStore(storeId));
    }
}
