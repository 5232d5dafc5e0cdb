package io.citygrid.catalog.web;

import io.citygrid.catalog.CustomerSearch;
import io.citygrid.catalog.CustomerSearch.CustomerEntry;
import io.citygrid.catalog.SearchWords;
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
    private final CustomerSearch customers;

    CustomersController(CustomerSearch customers) {
        this.customers = customers;
    }

    @GetMapping("/api/customers")
    Collection<CustomerEntry> customers(
            @RequestParam(name = "query", defaultValue = "") @Size(max = SearchWords.LENGTH_MAX) String query,
            @RequestParam(name = "cityId", required = false) @Nullable Integer cityId,
            @RequestParam(name = "limit", defaultValue = "50") @Min(1) @Max(200) int limit) {
        return customers.find(SearchWords.of(query), cityId, limit);
    }
}
