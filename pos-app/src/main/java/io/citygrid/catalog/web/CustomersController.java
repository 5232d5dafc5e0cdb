package io.citygrid.catalog.web;

import io.citygrid.catalog.CustomerSearch;
import io.citygrid.catalog.CustomerSearch.CustomerEntry;
import io.citygrid.catalog.SearchWords;
import io.citygrid.security.audit.AuditOutcome;
import io.citygrid.web.audit.WebAudit;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/customers}. */
@RestController
final class CustomersController {
    /** A register that looks for one customer gets fewer. */
    private static final int BULK_ROWS = 50;

    private final CustomerSearch customers;
    private final WebAudit audit;

    CustomersController(CustomerSearch customers, WebAudit audit) {
        this.customers = customers;
        this.audit = audit;
    }

    @GetMapping("/api/customers")
    Collection<CustomerEntry> customers(
            @RequestParam(name = "query", defaultValue = "") @Size(max = SearchWords.LENGTH_MAX) String query,
            @RequestParam(name = "cityId", required = false) @Nullable Integer cityId,
            @RequestParam(name = "limit", defaultValue = "50") @Min(1) @Max(200) int limit) {
        Collection<CustomerEntry> found = customers.find(SearchWords.of(query), cityId, limit);
        if (found.size() >= BULK_ROWS) {
            audit.record("customers.list", "", AuditOutcome.ALLOWED, found.size() + " rows");
        }
        return found;
    }
}
