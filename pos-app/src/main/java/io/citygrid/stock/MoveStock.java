package io.citygrid.stock;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.Closing;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.NotInCharge;
import io.citygrid.grid.PostgresAhead;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.StoreNotOpen;
import io.citygrid.grid.outbox.StoreOpening;
import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.stock.StockMovement;
import io.citygrid.model.stock.StockMovementKey;
import io.citygrid.model.stock.StockOutcome;
import io.citygrid.model.stock.StockOutcome.Moved;
import io.citygrid.model.stock.StockOutcome.NotStored;
import io.citygrid.model.stock.StockOutcome.Refused;
import io.citygrid.model.stock.StockOutcome.Rule;
import io.citygrid.model.stock.StockRequest;
import io.citygrid.model.store.StoreKey;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Books movements of stock, each exactly once for its id, and keeps what is on hand never below zero. */
final class MoveStock {
    private static final Logger log = LoggerFactory.getLogger(MoveStock.class);

    /** Units of one movement. */
    static final int DELTA_MAX = 1_000_000;

    /** Units on hand of one product in one store. */
    static final int ON_HAND_MAX = 1_000_000_000;

    private final Ignite node;

    MoveStock(Ignite node) {
        this.node = node;
    }

    /** A request that breaks a rule. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Refused refused;

        Broken(Rule rule, String reason) {
            super(reason);
            this.refused = new Refused(rule, reason);
        }
    }

    /** Books all movements or none; every expected refusal is a value. */
    StockOutcome move(StockRequest request) {
        try {
            Closing.require(node);
            CityAuthority authority = CityAuthority.ask(node, request.cityId());
            // Before anything is called unknown: a node that was cut off does not know what came after.
            authority.require();
            check(request);
            StoreOpening.of(node).ensureOpen(store(request));
            return GridTransaction.run(node, transaction -> book(transaction, request, authority));
        } catch (Broken broken) {
            return broken.refused;
        } catch (DatabaseRefusal refusal) {
            log.warn("stock of store {} was not moved: {}", request.storeId(), refusal.getMessage());
            return new NotStored(refusal.database());
        } catch (PostgresAhead ahead) {
            return mended(request, ahead);
        } catch (NotInCharge elsewhere) {
            return new StockOutcome.NotInCharge(String.valueOf(elsewhere.getMessage()));
        } catch (StoreNotOpen notOpen) {
            return new StockOutcome.StoreNotOpen(String.valueOf(notOpen.getMessage()), notOpen.isShut());
        } catch (RolledBack rolledBack) {
            return new StockOutcome.RolledBack(String.valueOf(rolledBack.getMessage()), rolledBack.isInDoubt());
        }
    }

    private StockOutcome mended(StockRequest request, PostgresAhead ahead) {
        try {
            StoreOpening.of(node).mend(store(request), ahead);
        } catch (DatabaseRefusal | RolledBack later) {
            log.debug("store {} could not be mended yet", request.storeId(), later);
        }
        return new StockOutcome.RolledBack(String.valueOf(ahead.getMessage()), false);
    }

    private static StoreKey store(StockRequest request) {
        return new StoreKey(request.cityId(), request.storeId());
    }

    private void check(StockRequest request) {
        if (request.lines().isEmpty() || request.lines().size() > StockRequest.LINES_MAX) {
            throw new Broken(
                    Rule.INVALID_MOVEMENT, "A request moves 1 to " + StockRequest.LINES_MAX + " products at once.");
        }
        if (!BoundedReads.contains(node, GridCaches.STORES, new StoreKey(request.cityId(), request.storeId()))) {
            throw new Broken(Rule.UNKNOWN_STORE, "There is no store " + request.storeId() + ".");
        }
        TreeSet<Integer> ids = new TreeSet<>();
        for (StockRequest.Line line : request.lines()) {
            if (line.delta() == 0 || Math.abs((long) line.delta()) > DELTA_MAX) {
                throw new Broken(
                        Rule.INVALID_MOVEMENT,
                        "The movement of product " + line.productId() + " is " + line.delta() + "; it must be 1 to "
                                + DELTA_MAX + " units in or out.");
            }
            ids.add(line.productId());
        }
        Map<Integer, Product> products = BoundedReads.getAll(node, GridCaches.PRODUCTS, ids);
        ids.removeAll(products.keySet());
        if (!ids.isEmpty()) {
            throw new Broken(Rule.UNKNOWN_PRODUCT, "The catalogue has no product " + ids.first() + ".");
        }
    }

    /** Locks the movements first and then the stock, both in key order. */
    private StockOutcome book(GridTransaction transaction, StockRequest request, CityAuthority authority) {
        Instant now = Moments.now();
        TreeMap<StockMovementKey, StockMovement> movements = new TreeMap<>();
        TreeSet<InventoryKey> stockKeys = new TreeSet<>();
        for (StockRequest.Line line : request.lines()) {
            StockMovement movement = new StockMovement(
                    line.productId(), line.delta(), request.reason().name(), Versioned.FIRST, now);
            if (movements.put(new StockMovementKey(request.cityId(), request.storeId(), line.movementId()), movement)
                    != null) {
                throw new Broken(Rule.INVALID_MOVEMENT, "Two movements carry the id " + line.movementId() + ".");
            }
            stockKeys.add(new InventoryKey(request.cityId(), request.storeId(), line.productId()));
        }
        transaction
                .lockAll(GridCaches.STOCK_MOVEMENTS, new TreeSet<>(movements.keySet()))
                .forEach((key, booked) -> forgetIfSame(movements, key, booked));
        Map<InventoryKey, Inventory> stock = transaction.lockAll(GridCaches.INVENTORY, stockKeys);
        authority.require();
        StoreOpening.of(node).requireOpen(store(request));
        TreeMap<InventoryKey, Inventory> moved = new TreeMap<>();
        movements.forEach((key, movement) -> {
            InventoryKey row = new InventoryKey(request.cityId(), request.storeId(), movement.productId());
            moved.put(row, moved(moved.getOrDefault(row, stock.get(row)), stock.get(row), movement, now));
        });
        if (!movements.isEmpty()) {
            transaction.putAll(GridCaches.STOCK_MOVEMENTS, movements);
            transaction.putAll(GridCaches.INVENTORY, moved);
        }
        Map<Integer, Integer> onHand = new TreeMap<>();
        stock.forEach((key, row) -> onHand.put(key.productId(), row.quantity()));
        moved.forEach((key, row) -> onHand.put(key.productId(), row.quantity()));
        return new Moved(movements.size(), onHand);
    }

    private static void forgetIfSame(
            TreeMap<StockMovementKey, StockMovement> movements, StockMovementKey key, StockMovement booked) {
        StockMovement wanted = movements.remove(key);
        if (wanted == null || wanted.productId() != booked.productId() || wanted.delta() != booked.delta()) {
            throw new Broken(
                    Rule.INVALID_MOVEMENT, "The id " + key.movementId() + " belongs to another movement of stock.");
        }
    }

    private static Inventory moved(
            @Nullable Inventory soFar, @Nullable Inventory stored, StockMovement movement, Instant now) {
        long quantity = (soFar == null ? 0L : soFar.quantity()) + movement.delta();
        if (quantity < 0) {
            throw new Broken(
                    Rule.OUT_OF_STOCK,
                    "Only " + (soFar == null ? 0 : soFar.quantity()) + " of product " + movement.productId()
                            + " are on hand; " + -movement.delta() + " cannot go out.");
        }
        if (quantity > ON_HAND_MAX) {
            throw new Broken(Rule.INVALID_MOVEMENT, "A store holds at most " + ON_HAND_MAX + " of one product.");
        }
        return new Inventory((int) quantity, stored == null ? Versioned.FIRST : stored.version() + 1, now);
    }
}
