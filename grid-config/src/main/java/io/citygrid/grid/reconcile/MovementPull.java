package io.citygrid.grid.reconcile;

import io.citygrid.durability.PgTables;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.reconcile.Comparison.Difference;
import io.citygrid.grid.reconcile.StockAfter.BelowZero;
import io.citygrid.model.Moments;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.stock.StockMovement;
import io.citygrid.model.stock.StockMovementKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Movements of stock that PostgreSQL alone has are taken over with what they did to the stock. */
final class MovementPull {
    private final Place place;

    /** Movements that took out what others had not brought in yet. */
    private final TreeMap<StockMovementKey, StockMovement> later = new TreeMap<>();

    MovementPull(Place place) {
        this.place = place;
    }

    /** Takes over what the grid lacks, and tells PostgreSQL the rest. */
    void settle(List<Difference<StockMovementKey, StockMovement>> differences) {
        List<Difference<StockMovementKey, StockMovement>> told = new ArrayList<>();
        TreeMap<StockMovementKey, StockMovement> pulled = new TreeMap<>();
        for (Difference<StockMovementKey, StockMovement> difference : differences) {
            StockMovement inPostgres = difference.inPostgres();
            if (difference.inGrid() == null && inPostgres != null) {
                pulled.put(difference.key(), inPostgres);
            } else {
                told.add(difference);
            }
        }
        RowSettlement.tell(place, GridCaches.STOCK_MOVEMENTS, told);
        try {
            pull(pulled);
        } catch (BelowZero tooEarly) {
            later.putAll(pulled);
        }
    }

    /** @throws BelowZero if some still take out more than was there */
    void finish() {
        pull(later);
    }

    private void pull(TreeMap<StockMovementKey, StockMovement> movements) {
        if (movements.isEmpty()) {
            return;
        }
        TreeSet<InventoryKey> products = new TreeSet<>();
        movements.forEach((key, movement) -> products.add(product(key, movement)));
        Map<InventoryKey, Inventory> inPostgres =
                place.reader().read(place.cityId(), connection -> PgTables.INVENTORY.withKeys(connection, products));
        GridTransaction.run(place.node(), transaction -> {
            TreeMap<StockMovementKey, StockMovement> missing = new TreeMap<>(movements);
            missing.keySet()
                    .removeAll(transaction
                            .lockAll(GridCaches.STOCK_MOVEMENTS, new TreeSet<>(movements.keySet()))
                            .keySet());
            Map<InventoryKey, Inventory> inGrid = transaction.lockAll(GridCaches.INVENTORY, products);
            TreeMap<InventoryKey, Long> units = new TreeMap<>();
            missing.forEach((key, movement) -> units.merge(product(key, movement), (long) movement.delta(), Long::sum));
            transaction.adoptAll(GridCaches.STOCK_MOVEMENTS, missing);
            transaction.adoptAll(GridCaches.INVENTORY, StockAfter.of(inGrid, inPostgres, units, Moments.now()));
            return true;
        });
    }

    private static InventoryKey product(StockMovementKey key, StockMovement movement) {
        return new InventoryKey(key.cityId(), key.storeId(), movement.productId());
    }
}
