package io.citygrid.grid.rollup;

import io.citygrid.grid.BackgroundWork;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.SoldOrder;
import io.citygrid.grid.outbox.FragmentOpenings;
import io.citygrid.grid.outbox.Lag;
import io.citygrid.grid.outbox.Rounds;
import io.citygrid.grid.outbox.StuckStores;
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
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
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
    private final Lag lag = new Lag();
    private final StuckStores stuck = new StuckStores("the sums for reports");

    /** @param zone in which a business day begins at midnight */
    public RollupFeed(Ignite node, ZoneId zone) {
        this.node = node;
        this.zone = zone;
        this.rounds = new Rounds("rollup-feed-" + node.name(), PAUSE, () -> BackgroundWork.of(node)
                .unlessClosed(() -> {}, this::round));
    }

    public void start() {
        rounds.start();
    }

    /** How far the sums of this node's stores are behind. */
    public Lag lag() {
        return lag;
    }

    private boolean round() {
        long begun = System.nanoTime();
        TreeMap<StoreKey, Long> last = new TreeMap<>();
        for (Cache.Entry<StoreKey, StoreCounter> counter :
                GridCaches.STORE_COUNTERS.on(node).localEntries(CachePeekMode.PRIMARY)) {
            last.put(counter.getKey(), counter.getValue().lastOrderNo());
        }
        stuck.retain(last.keySet());
        boolean all = true;
        for (Map.Entry<StoreKey, Long> store : last.entrySet()) {
            all &= !stuck.isLeftAlone(store.getKey()) && catchUpOrLater(store.getKey(), store.getValue());
        }
        if (all) {
            lag.caughtUp(begun);
        }
        return true;
    }

    /** What one store's rows are waited for must not keep the others waiting; answers whether all its orders are in the sums. */
    private boolean catchUpOrLater(StoreKey store, long last) {
        try {
            if (catchUp(store, last)) {
                stuck.over(store);
                return true;
            }
            stuck.waits(store, "the store is shut, or the next receipt has no lines or others than its total says");
        } catch (RolledBack | CacheException | IgniteException later) {
            stuck.failed(store, later);
        }
        return false;
    }

    /** Answers whether all orders are in the sums. */
    private boolean catchUp(StoreKey store, long last) {
        for (int i = 0; i < BATCHES_MAX; i++) {
            RollupPosition known = BoundedReads.get(node, GridCaches.ROLLUP_POSITIONS, store);
            RollupPosition position = known == null ? RollupPosition.NONE : known;
            if (position.lastOrderNo() >= last && !position.outdated()) {
                return true;
            }
            // After the position was read, which counts corrections: orders that are being compared may change.
            // Copies on the losing side of a cut link are old.
            if (!CityAuthority.isHeldBy(node, store.cityId()) || !FragmentOpenings.sells(node, store.cityFragment())) {
                return false;
            }
            if (position.outdated()) {
                new RollupRepair(node, store, zone).run();
                continue;
            }
            long until = Math.min(last, position.lastOrderNo() + SoldOrder.READ_MAX);
            SoldOrder.awaitCommitted(node, store, until);
            OrderSums sums = new OrderSums(store, zone, position.lastOrderNo());
            sums.addUntil(node, until);
            if (sums.last() == position.lastOrderNo() || !add(store, position, sums)) {
                return false;
            }
        }
        return true;
    }

    /** Answers whether the sums were still at {@code from}, and the orders as they were. */
    private boolean add(StoreKey store, RollupPosition from, OrderSums sums) {
        return GridTransaction.run(node, own -> {
            RollupPosition known = own.lock(GridCaches.ROLLUP_POSITIONS, store);
            RollupPosition position = known == null ? RollupPosition.NONE : known;
            if (position.lastOrderNo() != from.lastOrderNo() || position.corrections() != from.corrections()) {
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
            own.put(GridCaches.ROLLUP_POSITIONS, store, position.at(sums.last()));
            return true;
        });
    }

    /** Ends after the round that is under way. */
    @Override
    public void close() {
        rounds.close();
    }
}
