package io.citygrid.load.generate;

import io.citygrid.grid.client.GridClient;
import io.citygrid.load.catalog.CatalogLoad;
import io.citygrid.load.catalog.CatalogSummary;
import io.citygrid.load.catalog.KnownCatalog;
import io.citygrid.load.progress.Progress;
import io.citygrid.load.sales.OrderSender;

/** Fills a grid with invented data. Doing it again with the same options changes nothing. */
public final class Generate {
    private Generate() {}

    /**
     * Loads invented products, customers and stock, then sells the invented orders in the stores that the grid has.
     *
     * @throws IllegalStateException if the grid has no stores yet
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid did not answer; generating again continues
     */
    public static GenerateSummary run(GenerateOptions options, GridClient grid, Progress progress) {
        KnownCatalog known = KnownCatalog.of(grid);
        if (known.stores().isEmpty()) {
            throw new IllegalStateException("the grid has no stores: load a catalogue first");
        }
        OrderPlan plan = new OrderPlan(options, known.stores());
        GeneratedCatalog catalog = GeneratedCatalog.of(options, plan, known);
        CatalogSummary loaded = CatalogLoad.of(catalog.rows(), grid, progress);
        return new OrderDrive(options, plan, catalog, new OrderSender(grid::processOrder), progress).sell(loaded);
    }
}
