package io.citygrid.grid.reconcile;

import io.citygrid.durability.PgTable;
import io.citygrid.durability.PgTables;
import io.citygrid.durability.PgWriter.Mode;
import io.citygrid.durability.WriteSet;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.outbox.CurrentRows;
import io.citygrid.grid.reconcile.Comparison.Difference;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows that stand for themselves: of two versions the higher is the newer, and of one version the grid's is right. */
final class RowSettlement {
    private RowSettlement() {}

    /** Whether the grid takes PostgreSQL's row over; otherwise PostgreSQL is told what the grid has. */
    static <K, V> boolean taken(PgTable<K, V> table, K key, @Nullable V inGrid, @Nullable V inPostgres) {
        if (inPostgres == null) {
            return false;
        }
        return inGrid == null || table.version(inPostgres) > table.version(inGrid);
    }

    /**
     * Takes over what is newer in PostgreSQL, and tells PostgreSQL the rest, with the rows locked.
     *
     * @param onTheWay rows that PostgreSQL will be told about anyway, left alone
     */
    @SuppressWarnings("unchecked")
    static <K extends Comparable<K>, V> void byVersion(
            Place place, GridCache<K, V> cache, List<Difference<K, V>> differences, Predicate<K> onTheWay) {
        PgTable<K, V> table = (PgTable<K, V>) PgTables.named(cache.name());
        Map<K, Difference<K, V>> open = differences.stream()
                .filter(difference -> !onTheWay.test(difference.key()))
                .collect(Collectors.toMap(Difference::key, difference -> difference));
        if (open.isEmpty()) {
            return;
        }
        GridTransaction.run(place.node(), transaction -> {
            Map<K, V> inGrid = transaction.lockAll(cache, new TreeSet<>(open.keySet()));
            TreeMap<K, V> adopted = new TreeMap<>();
            WriteSet told = new WriteSet();
            open.forEach((key, difference) -> {
                V inPostgres = difference.inPostgres();
                if (inPostgres != null && taken(table, key, inGrid.get(key), inPostgres)) {
                    adopted.put(key, inPostgres);
                } else {
                    told.put(cache.name(), key, inGrid.get(key));
                }
            });
            transaction.adoptAll(cache, adopted);
            if (!told.isEmpty()) {
                place.writer().write(told, place.cityId(), Mode.REPLACE);
            }
            return true;
        });
    }

    /** Tells PostgreSQL what the grid has of the rows. */
    static <K extends Comparable<K>, V> void tell(
            Place place, GridCache<K, V> cache, List<Difference<K, V>> differences) {
        new CurrentRows()
                .addAll(cache, differences.stream().map(Difference::key).toList())
                .write(place.node(), place.writer(), place.cityId());
    }
}
