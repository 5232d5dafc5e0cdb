package io.citygrid.grid.outbox;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.PgOrder;
import io.citygrid.durability.WriteSet;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.Outbox;
import io.citygrid.grid.PostgresAhead;
import io.citygrid.grid.RolledBack;
import io.citygrid.model.Versioned;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a store for sales again after nodes came or went. A node that dies between PostgreSQL's commit and the grid's leaves an
 * order in PostgreSQL that the grid does not have; nobody was told what became of it. Before the store's next sale the grid
 * takes that order over. There can be one at most, because a sale holds the store's counter from taking its number until both
 * have committed; if PostgreSQL has more, it is the grid that has lost something, and the store stays shut.
 */
public final class StoreOpening {
    private static final Logger log = LoggerFactory.getLogger(StoreOpening.class);

    private final Ignite node;

    /** The version of the topology in which a store was opened last. */
    private final Map<StoreKey, Long> openedIn = new ConcurrentHashMap<>();

    private StoreOpening(Ignite node) {
        this.node = node;
    }

    /** That of {@code node}, which remembers what it opened for as long as it lives. */
    public static StoreOpening of(Ignite node) {
        return node.cluster()
                .<String, StoreOpening>nodeLocalMap()
                .computeIfAbsent(StoreOpening.class.getName(), unused -> new StoreOpening(node));
    }

    /**
     * Returns at once while the topology is the one in which the store was opened.
     *
     * @throws DatabaseRefusal if the store's database cannot be looked at, or has more orders than the grid could have missed
     * @throws RolledBack if the store has to be opened once more
     */
    public void ensureOpen(StoreKey store) {
        long topology = node.cluster().topologyVersion();
        Long opened = openedIn.get(store);
        if (opened == null || opened != topology) {
            open(store);
            openedIn.put(store, topology);
        }
    }

    /** To be called with the locks of a sale held. */
    public void requireOpen(StoreKey store) {
        Long opened = openedIn.get(store);
        if (opened == null || opened != node.cluster().topologyVersion()) {
            throw new RolledBack("nodes came or went while the sale was under way");
        }
    }

    /**
     * Called when PostgreSQL has newer rows than a sale or a movement of stock in {@code store} was about to write: takes over
     * the order that it has too much. If there is none, what it has too much is a movement of stock; that is taken back, and
     * booked again when whoever asked for it asks again.
     */
    public void mend(StoreKey store, PostgresAhead ahead) {
        if (!open(store)) {
            WriteSet stock = ahead.rows().only(Set.of(GridCaches.INVENTORY.name(), GridCaches.STOCK_MOVEMENTS.name()));
            Outbox.put(node, stock, "PostgreSQL has a movement of stock that the grid lacks");
        }
    }

    /** Answers whether an order was taken over. */
    private boolean open(StoreKey store) {
        WriteThrough writeThrough = WriteThrough.of(node);
        String database = writeThrough.databases().settings().name(store.cityId());
        StoreCounter before = GridTransaction.run(node, own -> own.lock(GridCaches.STORE_COUNTERS, store));
        OrderKey next = new OrderKey(store.cityId(), store.storeId(), before == null ? 1 : before.lastOrderNo() + 1);
        Optional<PgOrder> beyond;
        try (Connection connection = writeThrough.databases().connect(store.cityId())) {
            long last = PgOrder.lastNumber(connection, store);
            if (last > next.orderNo()) {
                log.error(
                        "{} has receipts up to {} of {}, the grid up to {}: the grid has lost orders, and the store stays "
                                + "shut until both have been compared",
                        database,
                        last,
                        store,
                        next.orderNo() - 1);
                throw DatabaseRefusal.gridIsBehind(database, "the grid has lost orders of " + store);
            }
            beyond = last < next.orderNo() ? Optional.empty() : PgOrder.read(connection, next);
        } catch (SQLException unreachable) {
            throw DatabaseRefusal.unreachable(database, unreachable);
        }
        beyond.ifPresent(order -> adopt(store, before, order));
        return beyond.isPresent();
    }

    private void adopt(StoreKey store, @Nullable StoreCounter before, PgOrder found) {
        GridTransaction.run(node, transaction -> {
            OrderMappingKey mapping = new OrderMappingKey(
                    store.cityId(), store.storeId(), found.order().orderId());
            transaction.lock(GridCaches.ORDER_MAPPING, mapping);
            Map<InventoryKey, Inventory> stock = transaction.lockAll(
                    GridCaches.INVENTORY, new TreeSet<>(found.stock().keySet()));
            StoreCounter counter = transaction.lock(GridCaches.STORE_COUNTERS, store);
            boolean sameAsBefore = (counter == null ? 0 : counter.version()) == (before == null ? 0 : before.version());
            boolean stockFollows =
                    found.stock().entrySet().stream().allMatch(row -> follows(stock.get(row.getKey()), row.getValue()));
            if (!sameAsBefore || !stockFollows) {
                throw new RolledBack("the store changed while it was opened");
            }
            transaction.adopt(GridCaches.ORDERS, found.key(), found.order());
            found.items().forEach((key, row) -> transaction.adopt(GridCaches.ORDER_ITEMS, key, row));
            found.payments().forEach((key, row) -> transaction.adopt(GridCaches.PAYMENTS, key, row));
            found.stock().forEach((key, row) -> transaction.adopt(GridCaches.INVENTORY, key, row));
            transaction.adopt(
                    GridCaches.ORDER_MAPPING,
                    mapping,
                    new OrderMapping(
                            store.storeId(),
                            found.key().orderNo(),
                            found.order().customerId(),
                            found.order().orderedAt(),
                            Versioned.FIRST));
            transaction.adopt(GridCaches.STORE_COUNTERS, store, found.counter());
            log.warn("{} was in PostgreSQL alone, left by a node that died: the grid has taken it over", found.key());
            return true;
        });
    }

    private static boolean follows(@Nullable Inventory inGrid, Inventory inPostgres) {
        return inGrid != null && inPostgres.version() == inGrid.version() + 1;
    }
}
