package io.citygrid.grid.reconcile;

import io.citygrid.durability.PgTable;
import io.citygrid.durability.PgTables;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty city fragment of the grid from PostgreSQL. Its stores come last, and all at once: nothing can be sold in a
 * store that the grid does not know, so a filling that was interrupted is simply done again.
 *
 * <p>Each page is one grid transaction, which brings it to all copies or to none. Ignite's data streamer would have to write row
 * by row to do so: in its quick mode it writes past the locks, to each copy by itself.
 */
final class FragmentFill {
    private final Place place;
    private final LongAdder rows;

    FragmentFill(Place place, LongAdder rows) {
        this.place = place;
        this.rows = rows;
    }

    /** Whether PostgreSQL has stores in the fragment, and the grid none. */
    static boolean needed(Place place) {
        return !hasStores(place)
                && !place.reader()
                        .read(place.cityId(), connection -> PgTables.STORES.page(connection, place.fragment(), null, 1))
                        .isEmpty();
    }

    /** Whether the grid has stores in the fragment. */
    static boolean hasStores(Place place) {
        return !FragmentRows.keys(place.node(), GridCaches.STORES, place.fragment())
                .isEmpty();
    }

    /** Brings in all rows that the grid lacks or has in an older version. */
    void run() {
        for (GridCache<?, ?> cache : GridCaches.ALL) {
            if (cache.kind() == GridCache.Kind.CITY && cache != GridCaches.STORES) {
                fill(cache);
            }
        }
        fill(GridCaches.STORES);
    }

    /** Every key of the grid can be compared; the list of all caches does not say so. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private void fill(GridCache cache) {
        fillTable(cache, (PgTable) PgTables.named(cache.name()));
    }

    private <K extends Comparable<K>, V> void fillTable(GridCache<K, V> cache, PgTable<K, V> table) {
        @Nullable K after = null;
        while (true) {
            @Nullable K behind = after;
            Map<K, V> page = place.reader()
                    .read(
                            place.cityId(),
                            connection -> table.page(connection, place.fragment(), behind, Comparison.PAGE));
            if (!page.isEmpty()) {
                adopt(cache, table, page);
                rows.add(page.size());
                after = List.copyOf(page.keySet()).get(page.size() - 1);
            }
            if (page.size() < Comparison.PAGE) {
                return;
            }
        }
    }

    private <K extends Comparable<K>, V> void adopt(GridCache<K, V> cache, PgTable<K, V> table, Map<K, V> page) {
        GridTransaction.run(place.node(), transaction -> {
            TreeMap<K, V> missing = new TreeMap<>(page);
            transaction.lockAll(cache, new TreeSet<>(page.keySet())).forEach((key, inGrid) -> {
                if (!RowSettlement.taken(table, key, inGrid, page.get(key))) {
                    missing.remove(key);
                }
            });
            transaction.adoptAll(cache, missing);
            return true;
        });
    }
}
