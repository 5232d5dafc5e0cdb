package io.citygrid.load.catalog;

import io.citygrid.grid.merge.MergeResult;
import io.citygrid.load.progress.SummaryTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What loading a catalogue did.
 *
 * @param tables by name, in the order in which they were loaded
 * @param deliveredNow stock movements that were booked now
 * @param deliveredBefore stock movements that an earlier load had booked
 * @param refused deliveries, of up to 100 movements each, that the grid refused
 * @param unpriced products without a price in the file
 * @param badLines lines of the file that could not be read
 */
public record CatalogSummary(
        Map<String, MergeResult> tables,
        int deliveredNow,
        int deliveredBefore,
        int refused,
        int unpriced,
        int badLines) {
    public CatalogSummary {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /** This summary of rows together with what only the reader of the file knows. */
    CatalogSummary ofFile(int unpricedInFile, int badLinesInFile) {
        return new CatalogSummary(tables, deliveredNow, deliveredBefore, refused, unpricedInFile, badLinesInFile);
    }

    /** Whether everything that could be loaded was, and could all be. */
    public boolean complete() {
        return refused == 0 && badLines == 0;
    }

    /** The summary for a person. */
    public SummaryTable table() {
        SummaryTable table = new SummaryTable("Catalogue");
        tables.forEach((name, result) -> table.row(name.replace('_', ' '), result.toString()));
        table.row("opening stock", deliveredNow + " movements booked, " + deliveredBefore + " booked before");
        return table.rowIfAny("products without a price in the file", unpriced)
                .rowIfAny("deliveries refused", refused)
                .rowIfAny("bad lines", badLines);
    }
}
