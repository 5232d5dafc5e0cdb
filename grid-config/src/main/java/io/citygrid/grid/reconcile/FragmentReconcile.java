package io.citygrid.grid.reconcile;

import io.citygrid.durability.Databases;
import io.citygrid.durability.PgReader;
import io.citygrid.durability.PgWriter;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.outbox.FragmentOpenings;
import io.citygrid.grid.rollup.RollupRepair;
import io.citygrid.model.CityFragment;
import io.citygrid.model.rollup.RollupPosition;
import io.citygrid.model.store.FragmentOpening;
import io.citygrid.model.store.FragmentOpening.State;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.NodeAttributes;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a city fragment with the city's PostgreSQL and brings both together, while its stores wait: what is newer in
 * PostgreSQL is taken over, what is newer in the grid is told, and both are compared again.
 */
public final class FragmentReconcile {
    private static final Logger log = LoggerFactory.getLogger(FragmentReconcile.class);

    /** How long somebody who asked for it waits for the outbox, before the stores are made to wait. */
    static final Duration DRAINED_WITHIN = Duration.ofSeconds(30);

    private static final Duration OTHER_RUN_WITHIN = Duration.ofSeconds(60);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(5);

    /** A movement of stock that was under way may differ once; what differs after this many rounds goes on changing. */
    private static final int ROUNDS_MAX = 3;

    private final Place place;
    private final LongAdder rows;
    private final FragmentOutbox outbox;

    /** @param rows counts the rows that were looked at or written */
    public FragmentReconcile(Ignite node, int fragment, LongAdder rows) {
        Databases databases = WriteThrough.of(node).databases();
        this.place = new Place(
                node, new PgReader(databases), new PgWriter(databases), CityFragment.cityOf(fragment), fragment);
        this.rows = rows;
        this.outbox = new FragmentOutbox(node, fragment);
    }

    /**
     * Compares, settles what differs, and opens or shuts the fragment.
     *
     * @throws io.citygrid.durability.DatabaseRefusal if PostgreSQL cannot be asked or refuses rows
     * @throws io.citygrid.grid.RolledBack if the grid could not be read or written
     */
    public FragmentReport run() {
        FragmentReport report = exclusively(OTHER_RUN_WITHIN, "compared with PostgreSQL", this::compareSettleAndDecide);
        repairSums();
        return report;
    }

    /** As {@link #run}, for a background thread that would rather come back than wait. */
    FragmentReport runInBackground() {
        return exclusively(Duration.ZERO, "compared with PostgreSQL", this::compareSettleAndDecide);
    }

    private FragmentReport compareSettleAndDecide() {
        FragmentReport report = compareAndSettle();
        decide(report);
        return report;
    }

    /**
     * Fills the fragment, which must have no stores, from PostgreSQL, and compares both.
     *
     * @throws io.citygrid.durability.DatabaseRefusal if PostgreSQL cannot be asked
     * @throws io.citygrid.grid.RolledBack if the grid could not be read or written
     */
    public FragmentReport warm() {
        if (FragmentFill.hasStores(place)) {
            return FragmentReport.failed("city fragment " + place.fragment()
                    + " is not empty: run `./pos load reconcile`, which compares row by row");
        }
        return exclusively(OTHER_RUN_WITHIN, "filled from PostgreSQL", () -> {
            new FragmentFill(place, rows).run();
            FragmentReport report = compareAndSettle();
            decide(report);
            return report;
        });
    }

    private interface Work {
        FragmentReport run();
    }

    private FragmentReport exclusively(Duration within, String what, Work work) {
        outbox.awaitEmpty(within.isZero() ? within : DRAINED_WITHIN);
        FragmentLocks locks = FragmentLocks.of(place.node());
        locks.acquire(place.fragment(), within);
        try {
            Optional<FragmentOpening> before = FragmentOpenings.of(place.node(), place.fragment());
            boolean decided = false;
            try {
                say(State.RECONCILING, cityName() + " is being " + what);
                awaitSalesUnderWay();
                FragmentReport report = work.run();
                decided = true;
                return report;
            } finally {
                if (!decided) {
                    putBack(before);
                }
            }
        } finally {
            locks.release(place.fragment());
        }
    }

    /** Whoever gets the counter's lock knows that every sale that was let in before has ended. */
    private void awaitSalesUnderWay() {
        for (StoreKey store : FragmentRows.keys(place.node(), GridCaches.STORES, place.fragment())) {
            GridTransaction.run(place.node(), own -> {
                own.lock(GridCaches.STORE_COUNTERS, store);
                return true;
            });
        }
    }

    private void putBack(Optional<FragmentOpening> before) {
        try {
            if (before.isPresent() && before.get().state() != State.RECONCILING) {
                say(before.get().state(), before.get().message());
            } else {
                FragmentOpenings.compareAgain(place.node(), place.fragment());
            }
        } catch (RuntimeException stopping) {
            log.debug("city fragment {} stays as it is until another node compares it", place.fragment(), stopping);
        }
    }

    private void decide(FragmentReport report) {
        if (!report.conflicts().isEmpty()) {
            String message = String.join("; ", report.conflicts());
            log.error("{} is shut in fragment {}: {}", cityName(), place.fragment(), message);
            say(State.SHUT, message);
        } else if (report.equal()) {
            say(State.OPEN, "");
        } else {
            log.warn("{} still differs from PostgreSQL in fragment {}: {}", cityName(), place.fragment(), report);
            say(State.OPEN_UNCHECKED, "");
        }
    }

    private void say(State state, String message) {
        FragmentOpenings.set(place.node(), place.fragment(), state, message);
    }

    private String cityName() {
        return FragmentOpenings.cityName(place.node(), place.fragment());
    }

    private FragmentReport compareAndSettle() {
        FragmentTables tables = new FragmentTables(place, rows, outbox);
        OrderFindings findings = tables.findings();
        List<TableReport> before = tables.compare(findings);
        List<TableReport> after = before;
        for (int round = 1; round <= ROUNDS_MAX && differs(after); round++) {
            List<String> conflicts = findings.conflicts();
            if (conflicts.isEmpty()) {
                sayThatOrdersChange(findings.changing());
                conflicts = tables.settle(findings);
            }
            if (!conflicts.isEmpty()) {
                return FragmentReport.conflict(before, conflicts);
            }
            outbox.awaitEmpty(SETTLED_WITHIN);
            findings = tables.findings();
            after = tables.compare(findings);
        }
        if (differs(before)) {
            log.info("{}: fragment {} differed: {}", cityName(), place.fragment(), differing(before));
        }
        return FragmentReport.of(before, after);
    }

    /** Before they do: sums and warehouse have them as they were, and are worked out anew when the stores sell again. */
    private void sayThatOrdersChange(Set<StoreKey> stores) {
        for (StoreKey store : stores) {
            GridTransaction.run(place.node(), own -> {
                RollupPosition position = own.lock(GridCaches.ROLLUP_POSITIONS, store);
                own.put(
                        GridCaches.ROLLUP_POSITIONS,
                        store,
                        (position == null ? RollupPosition.NONE : position).corrected());
                return true;
            });
        }
    }

    /** Compares the sums with the orders; whatever the reason that they differ. The stores sell meanwhile. */
    private void repairSums() {
        if (!FragmentOpenings.sells(place.node(), place.fragment())) {
            return;
        }
        ZoneId zone = NodeAttributes.businessZone(place.node().cluster().localNode());
        for (StoreKey store : FragmentRows.keys(place.node(), GridCaches.ROLLUP_POSITIONS, place.fragment())) {
            try {
                new RollupRepair(place.node(), store, zone).run();
            } catch (RolledBack | CacheException | IgniteException later) {
                log.warn("the sums of {} were not compared with its orders: run `./pos load reconcile`", store, later);
            }
        }
    }

    private static String differing(List<TableReport> tables) {
        return tables.stream()
                .filter(table -> table.differing() > 0)
                .map(table -> table.table() + ": " + table)
                .collect(Collectors.joining("; "));
    }

    private static boolean differs(List<TableReport> tables) {
        return tables.stream().anyMatch(table -> table.differing() > 0);
    }
}
