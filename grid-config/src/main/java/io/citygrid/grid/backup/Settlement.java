package io.citygrid.grid.backup;

import io.citygrid.durability.Databases;
import io.citygrid.durability.PgSetBack;
import io.citygrid.durability.PgWarehouse;
import io.citygrid.grid.BackgroundWork;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.Closing;
import io.citygrid.grid.EveryNode;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.growth.LearnedDatabases;
import io.citygrid.grid.reconcile.FragmentOverwrite;
import io.citygrid.grid.reconcile.FragmentRun;
import io.citygrid.model.CityFragment;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.outbox.ReplicationLogEntry;
import io.citygrid.model.outbox.ReplicationLogKey;
import io.citygrid.model.rollup.RollupPosition;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.lang.IgniteFuture;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** Makes the restored grid and PostgreSQL equal, row for row, as the operator chose; the fragments' nodes work side by side. */
final class Settlement {
    private static final Duration LEARNED_WITHIN = Duration.ofSeconds(20);
    private static final Duration WITHIN = Duration.ofHours(4);

    private final Ignite node;
    private final Databases databases;

    Settlement(Ignite node, Databases databases) {
        this.node = node;
        this.databases = databases;
    }

    /**
     * The grid takes over PostgreSQL's rows.
     *
     * @param complete see {@link FragmentOverwrite#grid}
     * @return how many rows were changed
     */
    long grid(boolean complete) {
        // Which cities there are is in the reference tables.
        long changed = Closing.asRestore(
                () -> new FragmentOverwrite(node, FragmentRun.REFERENCE, new LongAdder()).grid(complete));
        learnDatabases();
        return changed + overwrite(true, complete);
    }

    /** PostgreSQL takes over the grid's rows; answers how many were changed. */
    long postgres() {
        learnDatabases();
        Set<Integer> cities = cities();
        long changed =
                Closing.asRestore(() -> new FragmentOverwrite(node, FragmentRun.REFERENCE, new LongAdder()).postgres());
        return changed + overwrite(false, true, cities);
    }

    /** A node that was started while the grid was closed knows of no database of a city that was added while it ran. */
    private void learnDatabases() {
        List<String> silent =
                EveryNode.ask(node, new LearnDatabases(), LEARNED_WITHIN).silent();
        if (!silent.isEmpty()) {
            throw new NotPossible("No answer from " + String.join(", ", silent)
                    + ": it is not known whether they know all databases.");
        }
    }

    private static final class LearnDatabases implements IgniteCallable<Boolean> {
        private static final long serialVersionUID = 1L;

        @IgniteInstanceResource
        private transient Ignite node;

        @Override
        public Boolean call() {
            LearnedDatabases.of(node).lookNow();
            return true;
        }
    }

    private long overwrite(boolean grid, boolean complete) {
        return overwrite(grid, complete, cities());
    }

    private long overwrite(boolean grid, boolean complete, Set<Integer> cities) {
        Map<ClusterNode, List<Integer>> byNode = new HashMap<>();
        for (int city : cities) {
            for (int slot = 0; slot < CityFragment.SLOTS; slot++) {
                int fragment = city * CityFragment.SLOTS + slot;
                ClusterNode primary = node.affinity(GridCaches.ORDERS.name()).mapPartitionToNode(fragment);
                if (primary == null) {
                    throw new NotPossible("No node holds city fragment " + fragment + ". Start the missing nodes.");
                }
                byNode.computeIfAbsent(primary, unused -> new ArrayList<>()).add(fragment);
            }
        }
        List<IgniteFuture<Long>> working = new ArrayList<>();
        byNode.forEach(
                (member, fragments) -> working.add(node.compute(node.cluster().forNode(member))
                        .callAsync(new Overwrite(List.copyOf(fragments), grid, complete))));
        long changed = 0;
        for (IgniteFuture<Long> work : working) {
            changed += work.get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        }
        return changed;
    }

    /** Those that either side knows. */
    private Set<Integer> cities() {
        Set<Integer> cities = new TreeSet<>(FragmentOverwrite.citiesInPostgres(node));
        scan(GridCaches.CITIES.on(node), cities::add);
        return cities;
    }

    private static <K, V> void scan(IgniteCache<K, V> cache, Consumer<K> visitor) {
        try (QueryCursor<Cache.Entry<K, V>> rows = cache.query(new ScanQuery<K, V>())) {
            rows.forEach(row -> visitor.accept(row.getKey()));
        }
    }

    /** The central database forgets what it was told after {@code snapshot}: in the warehouse and in the replication log. */
    void centralHistory(Instant snapshot) {
        PgSetBack back = new PgSetBack(databases);
        try (PgWarehouse warehouse = PgWarehouse.open(databases)) {
            back.positions().forEach((store, position) -> setBack(back, warehouse, store, position));
        }
        ReplicationLogKey first = ReplicationLogKey.first(CityFragment.SLOTS, snapshot);
        List<Long> kept = new ArrayList<>();
        try (QueryCursor<Cache.Entry<ReplicationLogKey, ReplicationLogEntry>> rows =
                GridCaches.REPLICATION_LOG.on(node).query(new ScanQuery<ReplicationLogKey, ReplicationLogEntry>())) {
            rows.forEach(row -> {
                if (row.getKey().id() >= first.id()) {
                    kept.add(row.getKey().id());
                }
            });
        }
        back.log(first.id(), kept);
    }

    /** What the warehouse has of the same receipts stays; of others, all of the store is forgotten, and the feed brings it anew. */
    private void setBack(PgSetBack back, PgWarehouse warehouse, StoreKey store, PgWarehouse.Position position) {
        StoreCounter counter = BoundedReads.get(node, GridCaches.STORE_COUNTERS, store);
        RollupPosition sums = BoundedReads.get(node, GridCaches.ROLLUP_POSITIONS, store);
        long last = Math.min(position.lastOrderNo(), counter == null ? 0 : counter.lastOrderNo());
        long corrections = sums == null ? 0 : sums.corrections();
        if (position.corrections() != corrections) {
            warehouse.forget(store, corrections);
        } else if (position.lastOrderNo() > last) {
            back.warehouse(store, last, orderId(store, last));
        }
    }

    private @Nullable UUID orderId(StoreKey store, long orderNo) {
        if (orderNo == 0) {
            return null;
        }
        Order order = BoundedReads.get(node, GridCaches.ORDERS, new OrderKey(store.cityId(), store.storeId(), orderNo));
        return order == null ? null : order.orderId();
    }

    private static final class Overwrite implements IgniteCallable<Long> {
        private static final long serialVersionUID = 1L;

        private final List<Integer> fragments;
        private final boolean grid;
        private final boolean complete;

        @IgniteInstanceResource
        private transient Ignite node;

        Overwrite(List<Integer> fragments, boolean grid, boolean complete) {
            this.fragments = fragments;
            this.grid = grid;
            this.complete = complete;
        }

        @Override
        public Long call() {
            Ignite own = node;
            // Counts as background work, for which the next restore waits: this job outlives one that fails elsewhere.
            return Closing.asRestore(() -> BackgroundWork.of(own).run(() -> {
                long changed = 0;
                for (int fragment : fragments) {
                    FragmentOverwrite overwrite = new FragmentOverwrite(own, fragment, new LongAdder());
                    changed += grid ? overwrite.grid(complete) : overwrite.postgres();
                }
                return changed;
            }));
        }
    }
}
