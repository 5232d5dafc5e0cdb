package io.citygrid.grid.reconcile;

import io.citygrid.durability.CityDatabases;
import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.Databases;
import io.citygrid.durability.PgReader;
import io.citygrid.durability.PgWriter;
import io.citygrid.durability.PgWriter.Mode;
import io.citygrid.durability.WriteSet;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.reconcile.Comparison.Difference;
import io.citygrid.model.CityFragment;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.outbox.OutboxKey;
import io.citygrid.model.rollup.RollupPosition;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;

/**
 * Makes a city fragment and the city's PostgreSQL equal by an operator's word, when a backup has been brought back and nobody
 * sells: one side is right in every row, whatever versions say. A reconciliation asks which of two rows is newer; this does not,
 * because the grid and PostgreSQL may have lived through different times.
 */
public final class FragmentOverwrite {
    private final Place place;
    private final LongAdder rows;

    /** @param rows counts the rows that were looked at */
    public FragmentOverwrite(Ignite node, int fragment, LongAdder rows) {
        Databases databases = WriteThrough.of(node).databases();
        this.place = new Place(
                node,
                new PgReader(databases),
                new PgWriter(databases),
                fragment == FragmentRun.REFERENCE ? DatabaseSettings.CENTRAL : CityFragment.cityOf(fragment),
                fragment);
        this.rows = rows;
    }

    /**
     * The grid takes over what PostgreSQL has, and loses what PostgreSQL has not.
     *
     * @param complete whether PostgreSQL has every sale that a register was told of; otherwise rows that it lacks and that the
     *     outbox names stay, and PostgreSQL is told of them
     * @return how many rows of the grid were changed
     * @throws io.citygrid.durability.DatabaseRefusal if PostgreSQL cannot be asked
     * @throws io.citygrid.grid.RolledBack if the grid could not be read or written
     */
    public long grid(boolean complete) {
        Corrections corrections = new Corrections();
        LongAdder changed = new LongAdder();
        FragmentOutbox outbox = new FragmentOutbox(place.node(), place.fragment());
        for (GridCache<?, ?> cache : caches()) {
            Set<Object> kept = complete || place.fragment() == FragmentRun.REFERENCE ? Set.of() : outbox.names(cache);
            toGrid(cache, kept, corrections, changed);
        }
        corrections.write();
        if (complete && place.fragment() != FragmentRun.REFERENCE) {
            clearOutbox();
        }
        return changed.sum();
    }

    /**
     * PostgreSQL takes over what the grid has, and loses what the grid has not: in the city's tables and in the central order
     * mapping.
     *
     * @return how many rows of PostgreSQL were changed
     * @throws io.citygrid.durability.DatabaseRefusal if PostgreSQL cannot be asked or refuses rows
     * @throws io.citygrid.grid.RolledBack if the grid could not be read
     */
    public long postgres() {
        LongAdder changed = new LongAdder();
        for (GridCache<?, ?> cache : caches()) {
            toPostgres(place, cache, changed);
        }
        if (place.fragment() != FragmentRun.REFERENCE) {
            toPostgres(
                    new Place(place.node(), place.reader(), place.writer(), DatabaseSettings.CENTRAL, place.fragment()),
                    GridCaches.ORDER_MAPPING,
                    changed);
            clearOutbox();
        }
        return changed.sum();
    }

    /**
     * Ids of the cities of which PostgreSQL has any row.
     *
     * @throws io.citygrid.durability.DatabaseRefusal if PostgreSQL cannot be asked
     */
    public static Set<Integer> citiesInPostgres(Ignite node) {
        Databases databases = WriteThrough.of(node).databases();
        PgReader reader = new PgReader(databases);
        Set<Integer> cities = new TreeSet<>();
        for (int home : databases.settings().urls().keySet()) {
            reader.read(home, FilledFragments::of)
                    .withRows()
                    .forEach(fragment -> cities.add(CityFragment.cityOf(fragment)));
        }
        return cities;
    }

    private List<GridCache<?, ?>> caches() {
        GridCache.Kind kind =
                place.fragment() == FragmentRun.REFERENCE ? GridCache.Kind.REFERENCE : GridCache.Kind.CITY;
        return GridCaches.ALL.stream().filter(cache -> cache.kind() == kind).toList();
    }

    /** Every key of the grid can be compared; the list of all caches does not say so. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private void toGrid(GridCache cache, Set<Object> kept, Corrections corrections, LongAdder changed) {
        compare(place, cache, (Consumer<List<Difference<Comparable, Object>>>)
                differences -> takeOver(cache, differences, kept, corrections, changed));
    }

    private <K extends Comparable<K>, V> void takeOver(
            GridCache<K, V> cache,
            List<Difference<K, V>> differences,
            Set<Object> kept,
            Corrections corrections,
            LongAdder changed) {
        GridTransaction.run(place.node(), transaction -> {
            TreeMap<K, V> adopted = new TreeMap<>();
            for (Difference<K, V> difference : differences) {
                V inPostgres = difference.inPostgres();
                if (inPostgres != null) {
                    adopted.put(difference.key(), inPostgres);
                } else if (!kept.contains(difference.key())) {
                    transaction.discard(cache, difference.key());
                }
            }
            transaction.adoptAll(cache, adopted);
            return true;
        });
        differences.forEach(corrections::notice);
        changed.add(differences.size());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void toPostgres(Place where, GridCache cache, LongAdder changed) {
        compare(where, cache, (Consumer<List<Difference<Comparable, Object>>>) differences -> {
            WriteSet told = new WriteSet();
            differences.forEach(difference -> told.put(cache.name(), difference.key(), difference.inGrid()));
            where.writer().write(told, where.cityId(), Mode.REPLACE);
            changed.add(differences.size());
        });
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void compare(Place where, GridCache cache, Consumer<?> differing) {
        new Comparison(where.node(), where.reader(), where.cityId(), where.fragment(), cache)
                .run(rows, (Consumer) differing);
    }

    /** Both sides are equal, so nothing of what PostgreSQL was to be told is left to tell. */
    private void clearOutbox() {
        TreeSet<OutboxKey> told = new TreeSet<>();
        FragmentRows.entries(place.node(), GridCaches.OUTBOX, place.fragment()).forEach((key, entry) -> {
            if (entry.target().equals(CityDatabases.NAME)) {
                told.add(key);
            }
        });
        GridCaches.OUTBOX.on(place.node()).removeAll(told);
    }

    /** Sums and warehouse that have orders as they were before are worked out anew when the stores sell. */
    private final class Corrections {
        private final Map<StoreKey, Long> lastNumbers = new HashMap<>();
        private final TreeSet<StoreKey> stores = new TreeSet<>();

        Corrections() {
            if (place.fragment() != FragmentRun.REFERENCE) {
                Map<StoreKey, StoreCounter> counters =
                        FragmentRows.entries(place.node(), GridCaches.STORE_COUNTERS, place.fragment());
                counters.forEach((store, counter) -> lastNumbers.put(store, counter.lastOrderNo()));
            }
        }

        void notice(Difference<?, ?> difference) {
            if (difference.key() instanceof OrderKey order) {
                notice(new StoreKey(order.cityId(), order.storeId()), order.orderNo());
            } else if (difference.key() instanceof OrderItemKey line) {
                notice(new StoreKey(line.cityId(), line.storeId()), line.orderNo());
            }
        }

        private void notice(StoreKey store, long orderNo) {
            if (orderNo <= lastNumbers.getOrDefault(store, 0L)) {
                stores.add(store);
            }
        }

        void write() {
            for (StoreKey store : stores) {
                GridTransaction.run(place.node(), own -> {
                    RollupPosition known = own.lock(GridCaches.ROLLUP_POSITIONS, store);
                    StoreCounter counter = own.lock(GridCaches.STORE_COUNTERS, store);
                    RollupPosition position = known == null ? RollupPosition.NONE : known;
                    long last = Math.min(position.lastOrderNo(), counter == null ? 0 : counter.lastOrderNo());
                    own.put(
                            GridCaches.ROLLUP_POSITIONS,
                            store,
                            position.at(last).corrected());
                    return true;
                });
            }
        }
    }
}
