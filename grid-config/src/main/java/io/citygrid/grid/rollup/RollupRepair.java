package io.citygrid.grid.rollup;

import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.outbox.FragmentOpenings;
import io.citygrid.model.CityKey;
import io.citygrid.model.rollup.CategoryDayKey;
import io.citygrid.model.rollup.RollupPosition;
import io.citygrid.model.rollup.StoreDayKey;
import io.citygrid.model.store.StoreKey;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works a store's sums out anew from its orders and puts right what differs. Orders that the grid took over from PostgreSQL in
 * the place of its own are not in the sums otherwise. Sales and the feed go on meanwhile, and so do reports.
 */
public final class RollupRepair {
    private static final Logger log = LoggerFactory.getLogger(RollupRepair.class);

    /** Rows that one transaction puts right. */
    private static final int ROWS_MAX = 200;

    /** Times that the feed may be faster in a row. */
    private static final int OVERTAKEN_MAX = 20;

    private final Ignite node;
    private final StoreKey store;
    private final OrderSums right;

    /** @param zone in which a business day begins at midnight */
    public RollupRepair(Ignite node, StoreKey store, ZoneId zone) {
        this.node = node;
        this.store = store;
        this.right = new OrderSums(store, zone, 0);
    }

    /**
     * Does it.
     *
     * @return the rows that differed
     * @throws RolledBack if the grid could not be read or written, or orders that are in the sums are not there whole
     */
    public long run() {
        long repaired = 0;
        int overtaken = 0;
        long correction = position().corrections();
        // After the corrections were read: orders that are being compared with PostgreSQL may be about to change.
        if (!CityAuthority.isHeldBy(node, store.cityId()) || !FragmentOpenings.sells(node, store.cityFragment())) {
            throw new RolledBack(store + ": its orders are being compared with PostgreSQL, or the store is shut");
        }
        while (overtaken < OVERTAKEN_MAX) {
            RollupPosition position = position();
            if (position.corrections() != correction) {
                throw new RolledBack(store + ": its orders were changed while its sums were worked out");
            }
            long until = position.lastOrderNo();
            if (!right.addUntil(node, until)) {
                throw new RolledBack(
                        store + ": receipt " + (right.last() + 1) + " is in the sums, but not whole in the grid");
            }
            Differences differences = differences();
            if (differences.isEmpty()) {
                if (repaired > 0) {
                    log.info("{}: {} sums of orders differed from the orders and were put right", store, repaired);
                }
                if (!position.outdated() || right(correction)) {
                    return repaired;
                }
            } else if (apply(differences, until, correction)) {
                repaired += differences.size();
                overtaken = 0;
            } else {
                overtaken++;
            }
        }
        throw new RolledBack(store + ": its sums change faster than they can be compared");
    }

    /**
     * How a store's sums compared with its orders.
     *
     * @param until the receipt up to which both were compared
     * @param differing the rows that differ, in words, some of many
     * @param outdated whether they are about to be worked out anew
     */
    public record Compared(long until, List<String> differing, boolean outdated) {}

    /**
     * Compares, and changes nothing. What differs is looked at once more while the feed is kept from going on.
     *
     * @throws RolledBack if the grid could not be read, or orders that are in the sums are not there whole
     */
    public Compared compare() {
        for (int overtaken = 0; overtaken < OVERTAKEN_MAX; overtaken++) {
            RollupPosition position = position();
            long until = position.lastOrderNo();
            if (!right.addUntil(node, until)) {
                throw new RolledBack("receipt " + (right.last() + 1) + " is in the sums, but not whole in the grid");
            }
            if (position.outdated() || differences().isEmpty()) {
                return new Compared(until, List.of(), position.outdated());
            }
            Optional<Differences> held = GridTransaction.run(node, own -> {
                RollupPosition still = own.lock(GridCaches.ROLLUP_POSITIONS, store);
                return still != null && still.lastOrderNo() == until && !still.outdated()
                        ? Optional.of(differences())
                        : Optional.empty();
            });
            if (held.isPresent()) {
                return new Compared(until, held.get().words(), false);
            }
        }
        throw new RolledBack("its sums change faster than they can be compared");
    }

    private RollupPosition position() {
        RollupPosition position = BoundedReads.get(node, GridCaches.ROLLUP_POSITIONS, store);
        return position == null ? RollupPosition.NONE : position;
    }

    /** Says that the sums are right as of {@code correction}; answers whether that is so. */
    private boolean right(long correction) {
        return GridTransaction.run(node, own -> {
            RollupPosition position = own.lock(GridCaches.ROLLUP_POSITIONS, store);
            if (position == null || position.corrections() != correction) {
                return false;
            }
            own.put(GridCaches.ROLLUP_POSITIONS, store, position.summedAsOf(correction));
            return true;
        });
    }

    /** Rows and what they should be, {@code null} for a row that should not be there. */
    private record Differences(TreeMap<Object, @Nullable Object> days, TreeMap<Object, @Nullable Object> categories) {
        boolean isEmpty() {
            return size() == 0;
        }

        int size() {
            return days.size() + categories.size();
        }

        List<String> words() {
            List<String> words = new ArrayList<>();
            days.keySet().forEach(key -> words.add("of " + LocalDate.ofEpochDay(((StoreDayKey) key).epochDay())));
            categories.keySet().forEach(key -> {
                CategoryDayKey day = (CategoryDayKey) key;
                words.add("of category " + day.categoryId() + " on " + LocalDate.ofEpochDay(day.epochDay()));
            });
            return words;
        }
    }

    private Differences differences() {
        TreeMap<Object, @Nullable Object> days =
                differing(GridCaches.STORE_DAYS, right.days(), key -> key.storeId(), ROWS_MAX);
        return new Differences(
                days,
                differing(GridCaches.CATEGORY_DAYS, right.categories(), key -> key.storeId(), ROWS_MAX - days.size()));
    }

    private <K extends CityKey & Comparable<K>, V> TreeMap<Object, @Nullable Object> differing(
            GridCache<K, V> cache, TreeMap<K, V> wanted, ToIntFunction<K> storeId, int most) {
        Map<K, V> found = new HashMap<>();
        ScanQuery<K, V> all = new ScanQuery<>();
        all.setPartition(store.cityFragment());
        try (QueryCursor<Cache.Entry<K, V>> rows = cache.on(node).query(all)) {
            rows.forEach(row -> {
                if (storeId.applyAsInt(row.getKey()) == store.storeId()) {
                    found.put(row.getKey(), row.getValue());
                }
            });
        }
        TreeSet<K> keys = new TreeSet<>(wanted.keySet());
        keys.addAll(found.keySet());
        TreeMap<Object, @Nullable Object> differing = new TreeMap<>();
        for (K key : keys) {
            if (differing.size() < most && !Objects.equals(wanted.get(key), found.get(key))) {
                differing.put(key, wanted.get(key));
            }
        }
        return differing;
    }

    /** Answers whether no order was added meanwhile. */
    private boolean apply(Differences differences, long until, long correction) {
        return GridTransaction.run(node, own -> {
            RollupPosition position = own.lock(GridCaches.ROLLUP_POSITIONS, store);
            if (position == null || position.lastOrderNo() != until || position.corrections() != correction) {
                return false;
            }
            differences.days().forEach((key, value) -> set(own, GridCaches.STORE_DAYS, key, value));
            differences.categories().forEach((key, value) -> set(own, GridCaches.CATEGORY_DAYS, key, value));
            return true;
        });
    }

    private static <K, V> void set(GridTransaction own, GridCache<K, V> cache, Object key, @Nullable Object value) {
        if (value == null) {
            own.remove(cache, cache.keyType().cast(key));
        } else {
            own.put(cache, cache.keyType().cast(key), cache.valueType().cast(value));
        }
    }
}
