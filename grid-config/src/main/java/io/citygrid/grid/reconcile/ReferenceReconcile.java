package io.citygrid.grid.reconcile;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.Databases;
import io.citygrid.durability.PgReader;
import io.citygrid.durability.PgWriter;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.reconcile.Comparison.Difference;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;

/** Compares cities, their databases, categories and products with the central database, and brings both together. */
final class ReferenceReconcile {
    private final Place place;
    private final LongAdder rows;

    ReferenceReconcile(Ignite node, LongAdder rows) {
        Databases databases = WriteThrough.of(node).databases();
        this.place = new Place(
                node,
                new PgReader(databases),
                new PgWriter(databases),
                DatabaseSettings.CENTRAL,
                FragmentRun.REFERENCE);
        this.rows = rows;
    }

    /**
     * Compares, settles what differs, and compares again.
     *
     * @throws io.citygrid.durability.DatabaseRefusal if PostgreSQL cannot be asked or refuses rows
     * @throws io.citygrid.grid.RolledBack if the grid could not be read or written
     */
    FragmentReport run() {
        List<TableReport> before = walk(false);
        if (before.stream().allMatch(table -> table.differing() == 0)) {
            return FragmentReport.of(before, before);
        }
        walk(true);
        return FragmentReport.of(before, walk(false));
    }

    private List<TableReport> walk(boolean settle) {
        return List.of(
                walk(GridCaches.CITY_DATABASES, settle),
                walk(GridCaches.CITIES, settle),
                walk(GridCaches.CATEGORIES, settle),
                walk(GridCaches.PRODUCTS, settle));
    }

    private <V> TableReport walk(GridCache<Integer, V> cache, boolean settle) {
        Consumer<List<Difference<Integer, V>>> differing =
                settle ? rows -> RowSettlement.byVersion(place, cache, rows, key -> false) : rows -> {};
        return new Comparison<>(place.node(), place.reader(), place.cityId(), place.fragment(), cache)
                .run(rows, differing);
    }
}
