package io.citygrid.grid.warehouse;

import io.citygrid.durability.PgWarehouse;
import io.citygrid.durability.PgWarehouse.Fact;
import io.citygrid.durability.PgWarehouse.Position;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.SoldOrder;
import io.citygrid.grid.outbox.FragmentOpenings;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.rollup.RollupPosition;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one store's receipts to the warehouse, some at a time. What the warehouse has of another history, or of orders that were
 * changed since, is thrown away and brought anew.
 */
final class StoreFacts {
    private static final Logger log = LoggerFactory.getLogger(StoreFacts.class);

    private final Ignite node;
    private final PgWarehouse warehouse;
    private final StarRows rows;
    private final StoreKey store;

    StoreFacts(Ignite node, PgWarehouse warehouse, StarRows rows, StoreKey store) {
        this.node = node;
        this.warehouse = warehouse;
        this.rows = rows;
        this.store = store;
    }

    /** What one step came to. */
    enum Step {
        /** All receipts are there. */
        DONE,
        /** There are more. */
        MORE,
        /** Nothing can be brought now: the store is shut, another node is at it, or a sale is being committed. */
        LATER
    }

    /**
     * Brings up to {@link SoldOrder#READ_MAX} receipts.
     *
     * @param lines told how many lines were brought
     * @throws io.citygrid.durability.DatabaseRefusal if the central database did not take them, or may not have
     * @throws io.citygrid.grid.RolledBack if the grid could not be read in time
     */
    Step step(IntConsumer lines) {
        RollupPosition inGrid = BoundedReads.get(node, GridCaches.ROLLUP_POSITIONS, store);
        long corrections = inGrid == null ? 0 : inGrid.corrections();
        // After the corrections were read: orders that are being compared with PostgreSQL may change.
        // Copies on the losing side of a cut link are old.
        if (!mayBeRead()) {
            return Step.LATER;
        }
        Position from = warehouse.position(store);
        long last = lastOrderNo();
        if (!isPartOfTheGrid(from, corrections, last)) {
            if (from.lastOrderNo() > 0) {
                log.info("{}: what the warehouse has is of other orders than the grid's, and is brought anew", store);
            }
            warehouse.forget(store, corrections);
            from = new Position(0, null, corrections);
        }
        if (from.lastOrderNo() >= last) {
            return Step.DONE;
        }
        SoldOrder.awaitCommitted(node, store, Math.min(last, from.lastOrderNo() + SoldOrder.READ_MAX));
        List<SoldOrder> orders = SoldOrder.read(node, store, from.lastOrderNo(), last);
        if (orders.isEmpty()) {
            return Step.LATER;
        }
        SoldOrder newest = orders.get(orders.size() - 1);
        Position to = new Position(newest.key().orderNo(), newest.order().orderId(), corrections);
        List<Fact> facts = rows.facts(orders);
        if (!warehouse.add(store, from, to, facts, rows.dimensions(store, orders, warehouse))) {
            return Step.LATER;
        }
        lines.accept(facts.size());
        return to.lastOrderNo() >= last ? Step.DONE : Step.MORE;
    }

    /**
     * Throws away what the warehouse has of the store, if it can be brought anew now.
     *
     * @throws RolledBack if it cannot
     * @throws io.citygrid.durability.DatabaseRefusal if the central database did not do it, or not all of it
     */
    void forget() {
        RollupPosition inGrid = BoundedReads.get(node, GridCaches.ROLLUP_POSITIONS, store);
        if (!mayBeRead()) {
            throw new RolledBack(store + ": the store is shut, or is being compared with PostgreSQL");
        }
        warehouse.forget(store, inGrid == null ? 0 : inGrid.corrections());
    }

    /** Receipts of one history differ from those of another in all that come after the first that differs. */
    private boolean isPartOfTheGrid(Position from, long corrections, long last) {
        return from.corrections() == corrections
                && from.lastOrderNo() <= last
                && (from.lastOrderNo() == 0
                        || (from.lastOrderId() != null && from.lastOrderId().equals(orderId(from.lastOrderNo()))));
    }

    private @Nullable UUID orderId(long orderNo) {
        Order order = BoundedReads.get(node, GridCaches.ORDERS, new OrderKey(store.cityId(), store.storeId(), orderNo));
        return order == null ? null : order.orderId();
    }

    private boolean mayBeRead() {
        return CityAuthority.isHeldBy(node, store.cityId()) && FragmentOpenings.sells(node, store.cityFragment());
    }

    private long lastOrderNo() {
        StoreCounter counter = BoundedReads.get(node, GridCaches.STORE_COUNTERS, store);
        return counter == null ? 0 : counter.lastOrderNo();
    }
}
