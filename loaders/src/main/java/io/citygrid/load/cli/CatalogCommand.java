package io.citygrid.load.cli;

import io.citygrid.load.catalog.CatalogLoad;
import io.citygrid.load.catalog.CatalogSummary;
import io.citygrid.load.invoice.InvoiceFile;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code load catalog FILE.csv}. */
@Command(
        name = "catalog",
        description =
                "Loads the cities, categories, products, stores, customers and opening stock that a sales file implies. "
                        + "The rules are in docs/sample-data.md.")
final class CatalogCommand extends FileCommand {
    @Override
    public Integer call() throws IOException {
        InvoiceFile file = read();
        return onGrid((grid, progress) -> {
            CatalogSummary summary = CatalogLoad.of(file, grid, progress);
            print(summary.table());
            return summary.complete();
        });
    }
}
