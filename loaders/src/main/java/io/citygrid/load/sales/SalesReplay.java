package io.citygrid.load.sales;

import io.citygrid.grid.client.GridClient;
import io.citygrid.load.catalog.KnownCatalog;
import io.citygrid.load.invoice.BadLine;
import io.citygrid.load.invoice.Invoice;
import io.citygrid.load.invoice.InvoiceFile;
import io.citygrid.load.progress.Progress;
import io.citygrid.load.sales.InvoiceOrder.UnknownCode;
import io.citygrid.load.sales.OrderAnswer.NoAnswer;
import io.citygrid.load.sales.OrderAnswer.Refused;
import io.citygrid.load.sales.OrderAnswer.Sold;
import java.util.List;

/**
 * Sells the sale invoices of a file again, one after the other in the file's order, so that receipt numbers follow it.
 * Cancelled invoices and lines that sell nothing are skipped and counted: they are refunds, which are no orders.
 */
public final class SalesReplay {
    /** Invoices without an answer in a row after which the rest is not tried: the grid is away. */
    static final int UNANSWERED_MAX = 3;

    private final OrderSender sender;
    private final KnownCatalog catalog;
    private final Progress progress;
    private final SalesSummary.Count count = new SalesSummary.Count();
    private int unansweredInARow;

    /** @param catalog what the grid sells */
    SalesReplay(OrderSender sender, KnownCatalog catalog, Progress progress) {
        this.sender = sender;
        this.catalog = catalog;
        this.progress = progress;
    }

    /**
     * Replays a file against the grid's own catalogue, and reports its bad lines.
     *
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid's catalogue could not be read
     */
    public static SalesSummary of(InvoiceFile file, GridClient grid, Progress progress) {
        for (BadLine badLine : file.badLines()) {
            progress.problem(badLine.toString());
        }
        return new SalesReplay(new OrderSender(grid::processOrder), KnownCatalog.of(grid), progress).replay(file);
    }

    SalesSummary replay(InvoiceFile file) {
        List<Invoice> sales =
                file.invoices().stream().filter(this::isSaleElseCount).toList();
        progress.start("invoices", sales.size());
        for (Invoice invoice : sales) {
            if (unansweredInARow < UNANSWERED_MAX) {
                sell(invoice);
                progress.advance(1);
            } else {
                count.unanswered++;
            }
        }
        progress.done();
        if (unansweredInARow >= UNANSWERED_MAX) {
            progress.problem("the grid stopped answering; run the same replay again to continue");
        }
        return count.summary(file.badLines().size());
    }

    private boolean isSaleElseCount(Invoice invoice) {
        if (invoice.isCancelled()) {
            count.cancelledInvoices++;
            count.cancelledLines += invoice.lines().size();
            return false;
        }
        int saleLines = invoice.saleLines().size();
        count.returnedLines += invoice.lines().size() - saleLines;
        return saleLines > 0;
    }

    private void sell(Invoice invoice) {
        try {
            InvoiceOrder order = InvoiceOrder.of(invoice, catalog);
            count(invoice, order, sender.send(order.request()));
        } catch (UnknownCode unknown) {
            count.refused++;
            progress.problem("invoice " + invoice.number() + " cannot be sold: " + unknown.getMessage()
                    + "; load the catalogue of this file first");
        }
    }

    private void count(Invoice invoice, InvoiceOrder order, OrderAnswer answer) {
        unansweredInARow = answer instanceof NoAnswer ? unansweredInARow + 1 : 0;
        if (answer instanceof Sold done) {
            count.addSold(done.receipt(), done.now());
            count.priceDifferences += order.priceDifferences();
        } else if (answer instanceof Refused refusal) {
            count.refused++;
            progress.problem("invoice " + invoice.number() + " was refused: " + refusal.reason());
        } else if (answer instanceof NoAnswer unknown) {
            count.unanswered++;
            progress.problem("invoice " + invoice.number() + " got no answer: " + unknown.reason());
        }
    }
}
