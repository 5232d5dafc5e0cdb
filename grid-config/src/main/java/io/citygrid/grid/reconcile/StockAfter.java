package io.citygrid.grid.reconcile;

import io.citygrid.model.Versioned;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is on hand when the grid has taken over movements of stock or orders from PostgreSQL. The units are added to what the grid
 * has, because it may have sold or received since; PostgreSQL's row is taken over where it says the same.
 */
final class StockAfter {
    /** More would have gone out than was there. */
    static final class BelowZero extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BelowZero(InventoryKey key) {
            super(key + " would be below zero with what PostgreSQL has");
        }
    }

    private StockAfter() {}

    /** @throws BelowZero naming the first row of which there is too little */
    static SortedMap<InventoryKey, Inventory> of(
            Map<InventoryKey, Inventory> inGrid,
            Map<InventoryKey, Inventory> inPostgres,
            Map<InventoryKey, Long> units,
            Instant now) {
        TreeMap<InventoryKey, Inventory> after = new TreeMap<>();
        units.forEach((key, delta) -> after.put(key, row(key, inGrid.get(key), inPostgres.get(key), delta, now)));
        return after;
    }

    private static Inventory row(
            InventoryKey key, @Nullable Inventory inGrid, @Nullable Inventory inPostgres, long delta, Instant now) {
        long onHand = (inGrid == null ? 0 : inGrid.quantity()) + delta;
        if (onHand < 0) {
            throw new BelowZero(key);
        }
        long version = inGrid == null ? 0 : inGrid.version();
        long other = inPostgres == null ? 0 : inPostgres.version();
        if (inPostgres != null && inPostgres.quantity() == onHand && other > version) {
            return inPostgres;
        }
        return new Inventory(Math.toIntExact(onHand), Math.max(version, other) + Versioned.FIRST, now);
    }
}
