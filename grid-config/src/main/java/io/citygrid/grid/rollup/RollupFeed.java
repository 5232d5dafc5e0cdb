package io.citygrid.grid.rollup;

import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.outbox.FragmentOpenings;
import io.citygrid.grid.outbox.Rounds;
import io.citygrid.model.rollup.CategoryDay;
import io.citygrid.model.rollup.CategoryDayKey;
import io.citygrid.model.rollup.RollupPosition;
import io.citygrid.model.rollup.StoreDay;
import io.citygrid.model.rollup.StoreDayKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;

/**
 * Brings every order into its store's sums once, a moment after its sale and never in its way.
 *
 * <p>A store's receipts are numbered without gaps and never change, so its counter says what there is and its position says what
 * is in the sums. Sums and position change in one grid transaction, so whichever node is the primary of the store's fragment goes
 * on from there, and an order counts once whatever dies.
 */
public final class RollupFeed implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** Of a store, in one round; other stores wait meanwhile. */
    private static final int BATCHES_MAX = 20;

    private final Ignite node;
    private final ZoneId zone;
    private final Rounds rounds;

    /** @param zone in which a business day begins at midnight */
    public RollupFeed(Ignite node, ZoneId zone) {
        this.node = node;
        this.zone = zone;
        this.rounds = new Rounds("rollup-feed-" + node.name(), PAUSE, this::round);
    }

    public void start() {
        rounds.start();
    }

    private boolean round() {
        TreeMap<StoreKey, Long> last = new TreeMap<>();
        for (Cache.Entry<StoreKey, StoreCounter> counter :
                GridCaches.STORE_COUNTERS.on(node).localEntries(CachePeekMode.PRIMARY)) {
            last.put(counter.getKey(), counter.getValue().lastOrderNo());
        }
        boolean well = true;
        for (Map.Entry<StoreKey, Long> store : last.entrySet()) {
            well &= catchUp(store.getKey(), store.getValue());
        }
        return well;
    }

    /** Answers whether all orders are in the sums. */
    private boolean catchUp(StoreKey store, long last) {
        for (int i = 0; i < BATCHES_MAX; i++) {
            RollupPosition position = BoundedReads.get(node, GridCaches.ROLLUP_POSITIONS, store);
            long from = position == null ? 0 : position.lastOrderNo();
            if (from >= last) {
                return true;
            }
            // Copies on the losing side of a cut link are old, and orders that are being compared may change.
            if (!CityAuthority.isHeldBy(node, store.cityId()) || !sells(store)) {
                return false;
            }
            OrderSums sums = new OrderSums(store, zone, from);
            sums.addUntil(node, Math.min(last, from + OrderSums.READ_MAX));
            if (sums.last() == from || !add(store, from, sums)) {
                return false;
            }
        }
        return true;
    }

    private boolean sells(StoreKey store) {
        return FragmentOpenings.of(node, store.cityFragment())
                .filter(opening -> opening.state().sells())
                .isPresent();
    }

    /** Answers whether the sums were still at {@code from}. */
    private boolean add(StoreKey store, long from, OrderSums sums) {
        return GridTransaction.run(node, own -> {
            RollupPosition position = own.lock(GridCaches.ROLLUP_POSITIONS, store);
            if ((position == null ? 0 : position.lastOrderNo()) != from) {
                return false;
            }
            TreeMap<StoreDayKey, StoreDay> days = new TreeMap<>(sums.days());
            own.lockAll(GridCaches.STORE_DAYS, new TreeSet<>(days.keySet()))
                    .forEach((key, before) -> days.merge(key, before, StoreDay::plus));
            own.putAll(GridCaches.STORE_DAYS, days);
            TreeMap<CategoryDayKey, CategoryDay> categories = new TreeMap<>(sums.categories());
            own.lockAll(GridCaches.CATEGORY_DAYS, new TreeSet<>(categories.keySet()))
                    .forEach((key, before) -> categories.merge(key, before, CategoryDay::plus));
            own.putAll(GridCaches.CATEGORY_DAYS, categories);
            own.put(GridCaches.ROLLUP_POSITIONS, store, new RollupPosition(sums.last()));
            return true;
        });
    }

    /** Ends after the round that is under way. */
    @Override
    public void close() {
        rounds.close();
    }
}
