package io.citygrid.grid.check;

import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.rollup.RollupRepair;
import io.citygrid.model.rollup.RollupPosition;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.NodeAttributes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;

/** The sums that reports are made of: those of the receipts up to the one that they say, and not far behind. */
final class SumsCheck {
    /** An order is in the sums a moment after its sale; a busy machine takes longer. */
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(15);

    private static final long LOOK_EVERY_MILLIS = 100;

    private final Ignite node;
    private final StoreKey store;
    private final Findings findings;

    SumsCheck(Ignite node, StoreKey store, Findings findings) {
        this.node = node;
        this.store = store;
        this.findings = findings;
    }

    /** @param last a receipt that was there when the check began, and should be in the sums soon */
    void check(long last) {
        String name = "store " + store.storeId();
        try {
            if (!awaitCaughtUp(last)) {
                findings.wrong(
                        Trouble.SUMS,
                        name + ": receipts up to " + position() + " are in the sums, those up to " + last
                                + " should be since " + CAUGHT_UP_WITHIN.toSeconds() + " s");
            }
            RollupRepair.Compared compared = new RollupRepair(
                            node,
                            store,
                            NodeAttributes.businessZone(node.cluster().localNode()))
                    .compare();
            if (compared.outdated()) {
                findings.note(Trouble.SUMS, name + ": its sums are being worked out anew, because orders were changed");
            }
            compared.differing()
                    .forEach(row -> findings.wrong(
                            Trouble.SUMS,
                            name + ": the sum " + row + " is not that of the receipts up to " + compared.until()));
        } catch (RolledBack notCompared) {
            findings.unchecked(Trouble.SUMS, name + ": sums were not compared: " + notCompared.getMessage());
        }
    }

    private boolean awaitCaughtUp(long last) {
        long deadline = System.nanoTime() + CAUGHT_UP_WITHIN.toNanos();
        while (position() < last) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new RolledBack("interrupted", stopping);
            }
        }
        return true;
    }

    private long position() {
        RollupPosition position = BoundedReads.get(node, GridCaches.ROLLUP_POSITIONS, store);
        return position == null ? 0 : position.lastOrderNo();
    }
}
