package io.citygrid.load.cli;

import io.citygrid.load.invoice.InvoiceFile;
import io.citygrid.load.sales.SalesReplay;
import io.citygrid.load.sales.SalesSummary;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code load sales FILE.csv}. */
@Command(
        name = "sales",
        description =
                "Sells the invoices of a sales file as real orders, at the catalogue's prices. Load the file's catalogue "
                        + "first. Cancelled invoices are skipped.")
final class SalesCommand extends FileCommand {
    @Override
    public Integer call() throws IOException {
        InvoiceFile file = read();
        return onGrid((grid, progress) -> {
            SalesSummary summary = SalesReplay.of(file, grid, progress);
            print(summary.table());
            return summary.complete();
        });
    }
}
