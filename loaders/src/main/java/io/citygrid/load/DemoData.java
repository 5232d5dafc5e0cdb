package io.citygrid.load;

import io.citygrid.grid.client.GridClient;
import io.citygrid.load.catalog.CatalogLoad;
import io.citygrid.load.catalog.CatalogSummary;
import io.citygrid.load.invoice.InvoiceFile;
import io.citygrid.load.progress.Progress;
import io.citygrid.load.sales.SalesReplay;
import io.citygrid.load.sales.SalesSummary;
import java.io.IOException;

/** The sample that comes with the loaders, in a grid: its catalogue and its sales. */
public final class DemoData {
    private DemoData() {}

    /** What loading the sample did. */
    public record Summary(CatalogSummary catalog, SalesSummary sales) {
        /** Whether all of the sample is in the grid. */
        public boolean complete() {
            return catalog.complete() && sales.complete();
        }
    }

    /**
     * Loads what is missing of the sample. Cheap to repeat: what is there already is only compared.
     *
     * @throws IOException if the sample is not on the class path or damaged
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid did not answer; loading again continues
     */
    public static Summary load(GridClient grid, Progress progress) throws IOException {
        InvoiceFile sample = InvoiceFile.sample();
        CatalogSummary catalog = CatalogLoad.of(sample, grid, progress);
        return new Summary(catalog, SalesReplay.of(sample, grid, progress));
    }
}
