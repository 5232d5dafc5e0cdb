package io.citygrid.load.catalog;

import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.merge.MergeResult;
import io.citygrid.load.invoice.BadLine;
import io.citygrid.load.invoice.InvoiceFile;
import io.citygrid.load.progress.Progress;
import io.citygrid.model.Versioned;
import io.citygrid.model.stock.StockOutcome;
import io.citygrid.model.stock.StockRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Brings a catalogue into the grid. Doing it twice changes nothing the second time. */
public final class CatalogLoad {
    /**
     * Rows that go to the grid at once. Each batch is one grid and one PostgreSQL transaction; a few hundred rows would take a
     * busy machine longer than the grid client waits before it asks again.
     */
    static final int BATCH = 100;

    private final GridClient grid;
    private final Progress progress;
    private final Map<String, MergeResult> tables = new LinkedHashMap<>();
    private int deliveredNow;
    private int deliveredBefore;
    private int refused;

    private CatalogLoad(GridClient grid, Progress progress) {
        this.grid = grid;
        this.progress = progress;
    }

    /**
     * Loads what a sales file says about cities, categories, products, stores, customers and stock, and reports its bad lines.
     *
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid did not answer; loading again continues
     */
    public static CatalogSummary of(InvoiceFile file, GridClient grid, Progress progress) {
        for (BadLine badLine : file.badLines()) {
            progress.problem(badLine.toString());
        }
        FileCatalog catalog = FileCatalog.of(file, KnownCatalog.of(grid));
        return of(catalog.rows(), grid, progress)
                .ofFile(catalog.unpriced(), file.badLines().size());
    }

    /**
     * Loads rows that are made already.
     *
     * @throws io.citygrid.grid.client.OutcomeUnknown if the grid did not answer; loading again continues
     */
    public static CatalogSummary of(CatalogRows rows, GridClient grid, Progress progress) {
        return new CatalogLoad(grid, progress).load(rows);
    }

    /** In this order a row never names one that is not there yet. */
    private CatalogSummary load(CatalogRows rows) {
        merge(GridCaches.CITIES, rows.cities());
        merge(GridCaches.CATEGORIES, rows.categories());
        merge(GridCaches.PRODUCTS, rows.products());
        merge(GridCaches.STORES, rows.stores());
        merge(GridCaches.CUSTOMERS, rows.customers());
        merge(GridCaches.CUSTOMER_CONTACTS, rows.contacts());
        progress.start("opening stock", rows.deliveries().size());
        for (StockRequest delivery : rows.deliveries()) {
            deliver(delivery);
            progress.advance(1);
        }
        progress.done();
        return new CatalogSummary(tables, deliveredNow, deliveredBefore, refused, 0, 0);
    }

    private <K extends Comparable<K>, V extends Versioned<V>> void merge(GridCache<K, V> cache, SortedMap<K, V> rows) {
        if (rows.isEmpty()) {
            return;
        }
        progress.start(cache.name().replace('_', ' '), rows.size());
        MergeResult total = MergeResult.NOTHING;
        SortedMap<K, V> batch = new TreeMap<>();
        for (Map.Entry<K, V> row : rows.entrySet()) {
            batch.put(row.getKey(), row.getValue());
            if (batch.size() == BATCH) {
                total = total.plus(merged(cache, batch));
            }
        }
        total = total.plus(merged(cache, batch));
        progress.done();
        tables.put(cache.name(), total);
    }

    /** Merges and empties the batch. */
    private <K extends Comparable<K>, V extends Versioned<V>> MergeResult merged(
            GridCache<K, V> cache, SortedMap<K, V> batch) {
        MergeResult result = grid.merge(cache, batch);
        progress.advance(batch.size());
        batch.clear();
        return result;
    }

    private void deliver(StockRequest delivery) {
        StockOutcome outcome = grid.moveStock(delivery);
        if (outcome instanceof StockOutcome.Moved moved) {
            deliveredNow += moved.applied();
            deliveredBefore += delivery.lines().size() - moved.applied();
        } else {
            refused++;
            progress.problem("a delivery to store " + delivery.storeId() + " was refused: " + reason(outcome));
        }
    }

    private static String reason(StockOutcome outcome) {
        if (outcome instanceof StockOutcome.Refused refusal) {
            return refusal.reason();
        }
        if (outcome instanceof StockOutcome.NotStored notStored) {
            return "the database " + notStored.database() + " did not take it";
        }
        if (outcome instanceof StockOutcome.RolledBack rolledBack) {
            return rolledBack.reason();
        }
        if (outcome instanceof StockOutcome.NotInCharge elsewhere) {
            return elsewhere.reason();
        }
        if (outcome instanceof StockOutcome.StoreNotOpen store) {
            return store.reason();
        }
        throw new IllegalStateException("not a refusal: " + outcome);
    }
}
