package io.citygrid.load.generate;

import io.citygrid.load.catalog.CatalogSummary;
import io.citygrid.load.progress.SummaryTable;
import java.time.Duration;

/**
 * What generating did.
 *
 * @param catalog what became of the invented products, customers and their stock
 * @param sold orders sold now
 * @param soldBefore orders that an earlier run had sold
 * @param refused orders that were refused
 * @param unanswered orders of which nobody knows whether they were sold, and those not sent because the grid stopped answering
 * @param selling how long the orders took
 */
public record GenerateSummary(
        CatalogSummary catalog, int sold, int soldBefore, int refused, int unanswered, Duration selling) {

    /** Whether all of the catalogue and every order is in the grid. */
    public boolean complete() {
        return catalog.complete() && refused == 0 && unanswered == 0;
    }

    /** The summary of the orders for a person; the catalogue has its own. */
    public SummaryTable table() {
        double seconds = Math.max(1, selling.toMillis()) / 1000.0;
        return new SummaryTable("Generated orders")
                .row("orders sold", sold + " now, " + soldBefore + " before")
                .row("time", String.format("%.1f s, %.0f orders a second", seconds, (sold + soldBefore) / seconds))
                .rowIfAny("orders refused", refused)
                .rowIfAny("orders without an answer", unanswered);
    }
}
