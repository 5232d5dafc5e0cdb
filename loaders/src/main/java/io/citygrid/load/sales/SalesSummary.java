package io.citygrid.load.sales;

import io.citygrid.load.progress.SummaryTable;
import io.citygrid.model.Money;
import io.citygrid.model.order.Receipt;
import java.math.BigDecimal;

/**
 * What replaying a sales file did.
 *
 * @param sold invoices sold now
 * @param soldBefore invoices that an earlier run had sold
 * @param refused invoices that were refused
 * @param unanswered invoices of which nobody knows whether they were sold, and those not sent because the grid stopped answering
 * @param revenue of all invoices that are sold, now or before
 * @param cancelledInvoices skipped, because their number says that they take a sale back
 * @param cancelledLines lines of those
 * @param returnedLines other lines skipped because nothing was sold: a quantity of 0 or below
 * @param priceDifferences sold lines whose price in the file is not the catalogue's
 * @param badLines lines of the file that could not be read
 */
public record SalesSummary(
        int sold,
        int soldBefore,
        int refused,
        int unanswered,
        BigDecimal revenue,
        int cancelledInvoices,
        int cancelledLines,
        int returnedLines,
        int priceDifferences,
        int badLines) {

    /** Whether every invoice that is a sale is in the books. */
    public boolean complete() {
        return refused == 0 && unanswered == 0 && badLines == 0;
    }

    /** The summary for a person. */
    public SummaryTable table() {
        return new SummaryTable("Sales")
                .row("invoices sold", sold + " now, " + soldBefore + " before")
                .row("revenue", revenue)
                .row("cancelled invoices skipped", cancelledInvoices + " with " + cancelledLines + " lines")
                .rowIfAny("lines skipped that sell nothing", returnedLines)
                .row("lines at another price in the file", priceDifferences)
                .rowIfAny("invoices refused", refused)
                .rowIfAny("invoices without an answer", unanswered)
                .rowIfAny("bad lines", badLines);
    }

    /** Counts while a replay runs. */
    static final class Count {
        int sold;
        int soldBefore;
        int refused;
        int unanswered;
        int cancelledInvoices;
        int cancelledLines;
        int returnedLines;
        int priceDifferences;
        private BigDecimal revenue = Money.ZERO;

        void addSold(Receipt receipt, boolean now) {
            sold += now ? 1 : 0;
            soldBefore += now ? 0 : 1;
            revenue = revenue.add(receipt.total());
        }

        SalesSummary summary(int badLines) {
            return new SalesSummary(
                    sold,
                    soldBefore,
                    refused,
                    unanswered,
                    revenue,
                    cancelledInvoices,
                    cancelledLines,
                    returnedLines,
                    priceDifferences,
                    badLines);
        }
    }
}
