package io.citygrid.grid.warehouse;

import io.citygrid.durability.Databases;
import io.citygrid.durability.PgWarehouse;
import io.citygrid.durability.PgWarehouse.DaySum;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.rollup.OrderSums;
import io.citygrid.grid.warehouse.StoreFacts.Step;
import io.citygrid.model.rollup.StoreDay;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.NodeAttributes;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;

/** Brings the stores of one city fragment to the warehouse now, from the beginning if so wanted, and compares it with the grid. */
public final class WarehouseRun {
    private static final Duration LATER = Duration.ofMillis(100);
    private static final Duration STUCK_AFTER = Duration.ofSeconds(30);

    private final Ignite node;
    private final ZoneId zone;
    private final LongAdder rows;

    /** @param rows counts the lines that were brought or compared */
    public WarehouseRun(Ignite node, LongAdder rows) {
        this.node = node;
        this.zone = NodeAttributes.businessZone(node.cluster().localNode());
        this.rows = rows;
    }

    /**
     * How many business days of a store are the same in the grid and the warehouse, by orders, lines, units and revenue.
     *
     * @param different days whose sums differ, or that only one side has
     */
    public record Result(long equal, long different) {
        Result plus(Result other) {
            return new Result(equal + other.equal, different + other.different);
        }
    }

    /**
     * Does it. Sales and the feed go on meanwhile.
     *
     * @param anew whether to throw away first what is there
     * @throws io.citygrid.durability.DatabaseRefusal if the central database cannot be reached or refuses rows
     * @throws RolledBack if the grid could not be read in time, or a store is shut
     */
    public Result run(Collection<StoreKey> stores, boolean anew) {
        Databases databases = WriteThrough.of(node).databases();
        Result result = new Result(0, 0);
        @Nullable RolledBack first = null;
        try (PgWarehouse warehouse = PgWarehouse.open(databases)) {
            for (StoreKey store : new TreeSet<>(stores)) {
                try {
                    StoreFacts facts = new StoreFacts(node, warehouse, new StarRows(node, zone), store);
                    if (anew) {
                        facts.forget();
                    }
                    catchUp(store, facts);
                    result = result.plus(compare(store, warehouse));
                } catch (RolledBack notNow) {
                    // The other stores of the fragment are brought nevertheless.
                    first = first == null ? notNow : first;
                }
            }
        }
        if (first != null) {
            throw first;
        }
        return result;
    }

    /**
     * Compares what the warehouse has of a store with the grid, and brings nothing.
     *
     * @throws io.citygrid.durability.DatabaseRefusal if the central database cannot be reached
     * @throws RolledBack if the grid could not be read in time
     */
    public Result compare(Collection<StoreKey> stores) {
        Result result = new Result(0, 0);
        try (PgWarehouse warehouse = PgWarehouse.open(WriteThrough.of(node).databases())) {
            for (StoreKey store : new TreeSet<>(stores)) {
                result = result.plus(compare(store, warehouse));
            }
        }
        return result;
    }

    private void catchUp(StoreKey store, StoreFacts facts) {
        long stuckAfter = System.nanoTime() + STUCK_AFTER.toNanos();
        while (true) {
            Step step = facts.step(rows::add);
            if (step == Step.DONE) {
                return;
            }
            if (step == Step.MORE) {
                stuckAfter = System.nanoTime() + STUCK_AFTER.toNanos();
            } else if (System.nanoTime() - stuckAfter > 0) {
                throw new RolledBack(
                        store + ": its receipts cannot be brought to the warehouse: the store is shut, or one of them "
                                + "is not whole; run `./pos load reconcile`");
            } else {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LATER.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RolledBack("interrupted", stopping);
        }
    }

    private Result compare(StoreKey store, PgWarehouse warehouse) {
        long until = warehouse.position(store).lastOrderNo();
        TreeMap<LocalDate, DaySum> brought = warehouse.sums(store, until);
        OrderSums sums = new OrderSums(store, zone, 0);
        if (!sums.addUntil(node, until)) {
            throw new RolledBack(store + ": receipt " + (sums.last() + 1) + " is not whole in the grid");
        }
        TreeMap<LocalDate, DaySum> sold = new TreeMap<>();
        sums.days().forEach((key, day) -> sold.put(LocalDate.ofEpochDay(key.epochDay()), sum(day)));
        TreeSet<LocalDate> days = new TreeSet<>(sold.keySet());
        days.addAll(brought.keySet());
        long equal = days.stream()
                .filter(day -> sold.containsKey(day) && sold.get(day).equals(brought.get(day)))
                .count();
        rows.add(sold.values().stream().mapToLong(DaySum::lines).sum());
        return new Result(equal, days.size() - equal);
    }

    private static DaySum sum(StoreDay day) {
        return new DaySum(day.orders(), day.orderLines(), day.units(), day.revenue());
    }
}
