package io.citygrid.grid.reconcile;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.outbox.PhantomOrders;
import io.citygrid.grid.reconcile.Comparison.Difference;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The tables of one city fragment, compared and settled in an order in which the stock adds up at every step. */
final class FragmentTables {
    private final Place place;
    private final LongAdder rows;
    private final FragmentOutbox outbox;

    FragmentTables(Place place, LongAdder rows, FragmentOutbox outbox) {
        this.place = place;
        this.rows = rows;
        this.outbox = outbox;
    }

    /** Nothing found yet. */
    OrderFindings findings() {
        return new OrderFindings(store -> {
            StoreCounter counter = BoundedReads.get(place.node(), GridCaches.STORE_COUNTERS, store);
            return counter == null ? 0 : counter.lastOrderNo();
        });
    }

    /** Compares every table and changes nothing. */
    List<TableReport> compare(OrderFindings findings) {
        List<TableReport> tables = new ArrayList<>();
        for (GridCache<?, ?> cache : GridCaches.ALL) {
            if (cache == GridCaches.ORDERS) {
                tables.add(walk(GridCaches.ORDERS, findings::add));
            } else if (cache == GridCaches.ORDER_ITEMS) {
                tables.add(walk(GridCaches.ORDER_ITEMS, findings::addLines));
            } else if (cache.kind() == GridCache.Kind.CITY) {
                tables.add(count(cache));
            }
        }
        return tables;
    }

    /** Every key of the grid can be compared; the list of all caches does not say so. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private TableReport count(GridCache cache) {
        return new Comparison(place.node(), place.reader(), place.cityId(), place.fragment(), cache)
                .run(rows, (Consumer<Object>) differences -> {});
    }

    private <K extends Comparable<K>, V> TableReport walk(
            GridCache<K, V> cache, Consumer<List<Difference<K, V>>> differing) {
        return new Comparison<>(place.node(), place.reader(), place.cityId(), place.fragment(), cache)
                .run(rows, differing);
    }

    /** Brings both sides together; answers what a person has to look at. */
    List<String> settle(OrderFindings findings) {
        List<String> conflicts = new ArrayList<>();
        if (FragmentFill.needed(place)) {
            new FragmentFill(place, rows).run();
        }
        try {
            for (OrderKey phantom : findings.phantoms()) {
                PhantomOrders.remove(place.node(), place.writer(), phantom);
            }
        } catch (DatabaseRefusal refusal) {
            if (refusal.kind() != DatabaseRefusal.Kind.SHUT) {
                throw refusal;
            }
            return List.of(
                    refusal.getMessage() + "; a person has to say which are right, then run `./pos load reconcile`");
        }
        try {
            MovementPull movements = new MovementPull(place);
            walk(GridCaches.STOCK_MOVEMENTS, movements::settle);
            movements.finish();
        } catch (StockAfter.BelowZero tooLittle) {
            return List.of(String.valueOf(tooLittle.getMessage()));
        }
        for (StoreKey store : findings.beyond()) {
            new OrderPull(place, store).run().ifPresent(conflicts::add);
        }
        if (conflicts.isEmpty()) {
            settleOrders(conflicts);
            settleRows();
        }
        return conflicts;
    }

    private void settleOrders(List<String> conflicts) {
        OrderSettlement orders = new OrderSettlement(place, conflicts);
        walk(
                GridCaches.ORDERS,
                differing ->
                        orders.settle(differing.stream().map(Difference::key).toList()));
        walk(
                GridCaches.ORDER_ITEMS,
                differing -> orders.settle(differing.stream()
                        .map(Difference::key)
                        .map(key -> new OrderKey(key.cityId(), key.storeId(), key.orderNo()))
                        .toList()));
        walk(
                GridCaches.PAYMENTS,
                differing -> orders.settle(differing.stream()
                        .map(Difference::key)
                        .map(key -> new OrderKey(key.cityId(), key.storeId(), key.orderNo()))
                        .toList()));
        walk(GridCaches.ORDER_MAPPING, orders::settleMappings);
    }

    private void settleRows() {
        byVersion(GridCaches.STORES, Set.of());
        // A customer that the grid lacks may have been removed; then PostgreSQL is about to be told.
        byVersion(GridCaches.CUSTOMERS, outbox.names(GridCaches.CUSTOMERS));
        byVersion(GridCaches.CUSTOMER_CONTACTS, outbox.names(GridCaches.CUSTOMER_CONTACTS));
        byVersion(GridCaches.INVENTORY, Set.of());
        // The grid's orders say where its numbers stand, whatever version PostgreSQL's counter carries.
        walk(GridCaches.STORE_COUNTERS, differing -> RowSettlement.tell(place, GridCaches.STORE_COUNTERS, differing));
    }

    private <K extends Comparable<K>, V> void byVersion(GridCache<K, V> cache, Set<Object> onTheWay) {
        walk(cache, differing -> RowSettlement.byVersion(place, cache, differing, onTheWay::contains));
    }
}
