package io.citygrid.grid.check;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.Databases;
import io.citygrid.durability.PgReader;
import io.citygrid.durability.PgTables;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.reconcile.Comparison;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.status.NodeReport;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.ignite.Ignite;

/** Head office knows which receipt each order id of a fragment became, but for what is on its way. */
final class CentralCheck {
    /** The central database learns of an order about a second after its sale. */
    private static final Duration ARRIVED_WITHIN = Duration.ofSeconds(10);

    private static final long LOOK_EVERY_MILLIS = 250;

    /** Orders that are waited for. */
    private static final int SUSPECTS_MAX = 500;

    private final Ignite node;
    private final int fragment;
    private final Findings findings;
    private final LongAdder rows;
    private final Databases databases;
    private final PgReader reader;

    CentralCheck(Ignite node, int fragment, Findings findings, LongAdder rows) {
        this.node = node;
        this.fragment = fragment;
        this.findings = findings;
        this.rows = rows;
        this.databases = WriteThrough.of(node).databases();
        this.reader = new PgReader(databases);
    }

    /**
     * Compares them.
     *
     * @throws io.citygrid.durability.DatabaseRefusal if the central database cannot be asked
     * @throws RolledBack if the grid could not be read in time
     */
    void check() {
        TreeSet<OrderMappingKey> suspects = new TreeSet<>();
        new Comparison<>(node, reader, DatabaseSettings.CENTRAL, fragment, GridCaches.ORDER_MAPPING)
                .run(rows, differences -> differences.stream()
                        .map(Comparison.Difference::key)
                        .limit(Math.max(0, SUSPECTS_MAX - suspects.size()))
                        .forEach(suspects::add));
        awaitArrival(suspects);
        if (suspects.isEmpty()) {
            return;
        }
        String central = databases.settings().name(DatabaseSettings.CENTRAL);
        long waiting = waiting();
        if (waiting >= suspects.size()) {
            findings.note(
                    Trouble.CENTRAL, waiting + " orders of its node's stores are still on their way to " + central);
            return;
        }
        suspects.forEach(key -> findings.wrong(
                Trouble.CENTRAL, central + " and the grid do not say the same of order " + key.orderId()));
    }

    /** The feed of this node, which is the fragment's primary, tells the central database. */
    private long waiting() {
        NodeReport report = BoundedReads.get(
                node,
                GridCaches.NODE_REPORTS,
                String.valueOf(node.cluster().localNode().consistentId()));
        return report == null ? 0 : report.ordersWaiting();
    }

    private void awaitArrival(TreeSet<OrderMappingKey> left) {
        long deadline = System.nanoTime() + ARRIVED_WITHIN.toNanos();
        while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
            Map<OrderMappingKey, OrderMapping> inGrid = BoundedReads.getAll(node, GridCaches.ORDER_MAPPING, left);
            Map<OrderMappingKey, OrderMapping> inCentral = reader.read(
                    DatabaseSettings.CENTRAL, connection -> PgTables.ORDER_MAPPING.withKeys(connection, left));
            left.removeIf(key -> equal(key, inGrid, inCentral));
            if (!left.isEmpty()) {
                pause();
            }
        }
    }

    private static boolean equal(
            OrderMappingKey key,
            Map<OrderMappingKey, OrderMapping> inGrid,
            Map<OrderMappingKey, OrderMapping> inCentral) {
        OrderMapping here = inGrid.get(key);
        OrderMapping there = inCentral.get(key);
        return here != null
                && there != null
                && PgTables.ORDER_MAPPING.cells(key, here).equals(PgTables.ORDER_MAPPING.cells(key, there));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RolledBack("interrupted", stopping);
        }
    }
}
