package io.citygrid.grid.outbox;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.Databases;
import io.citygrid.durability.PgOrder;
import io.citygrid.durability.PgReader;
import io.citygrid.durability.PgTables;
import io.citygrid.durability.PgWriter;
import io.citygrid.durability.WriteSet;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.Outbox;
import io.citygrid.grid.PostgresAhead;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.StoreNotOpen;
import io.citygrid.model.Versioned;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.stock.StockMovementKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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
 * have committed; if PostgreSQL has more, it is the grid that has lost something, and the store's fragment is compared whole
 * before it sells. While PostgreSQL is out of reach the store opens unchecked, and is looked at when PostgreSQL is back.
 */
public final class StoreOpening {
    private static final Logger log = LoggerFactory.getLogger(StoreOpening.class);

    private final Ignite node;

    /** How a store was opened last. */
    private final Map<StoreKey, Opened> opened = new ConcurrentHashMap<>();

    /**
     * @param topology the version of the topology then
     * @param checked whether PostgreSQL was looked at
     */
    private record Opened(long topology, boolean checked) {}

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
     * @throws StoreNotOpen if the store's fragment is shut or being compared with PostgreSQL
     * @throws RolledBack if the store has to be opened once more
     */
    public void ensureOpen(StoreKey store) {
        FragmentOpenings.require(node, store.cityFragment());
        long topology = node.cluster().topologyVersion();
        Opened last = opened.get(store);
        boolean lost = databases().lost(store.cityId());
        if (last == null || last.topology != topology || (!last.checked && !lost)) {
            opened.put(store, new Opened(topology, !lost && check(store)));
        }
    }

    /** To be called with the locks of a sale or of a movement of stock held. */
    public void requireOpen(StoreKey store) {
        FragmentOpenings.require(node, store.cityFragment());
        Opened last = opened.get(store);
        if (last == null || last.topology != node.cluster().topologyVersion()) {
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
            takeBack(store, ahead.rows());
        }
    }

    /** Tells PostgreSQL what the grid has of the stock in {@code wanted}, and that it has no other movements of it. */
    private void takeBack(StoreKey store, WriteSet wanted) {
        CurrentRows rows = new CurrentRows();
        Set<Integer> products = new TreeSet<>();
        wanted.only(Set.of(GridCaches.INVENTORY.name(), GridCaches.STOCK_MOVEMENTS.name()))
                .forEach((table, key, value) -> {
                    rows.add(table, key);
                    if (key instanceof InventoryKey stock) {
                        products.add(stock.productId());
                    }
                });
        TreeSet<StockMovementKey> inPostgres = new TreeSet<>(new PgReader(databases())
                .read(
                        store.cityId(),
                        connection -> PgTables.STOCK_MOVEMENTS.where(
                                connection,
                                List.of("city_fragment", "store_id", "product_id"),
                                products.stream()
                                        .map(product -> List.<Object>of(store.cityFragment(), store.storeId(), product))
                                        .toList()))
                .keySet());
        inPostgres.removeAll(BoundedReads.getAll(node, GridCaches.STOCK_MOVEMENTS, inPostgres)
                .keySet());
        rows.addAll(GridCaches.STOCK_MOVEMENTS, inPostgres);
        rows.write(node, new PgWriter(databases()), store.cityId());
        log.warn(
                "{}: PostgreSQL had {} movements of stock that the grid lacks, left by a node that died: they are taken back",
                store,
                inPostgres.size());
    }

    private Databases databases() {
        return WriteThrough.of(node).databases();
    }

    /** Answers whether PostgreSQL could be looked at; it may be out of reach, which does not keep a store from selling. */
    private boolean check(StoreKey store) {
        try {
            open(store);
            return true;
        } catch (DatabaseRefusal refusal) {
            if (databases().lost(store.cityId())) {
                log.info("{} opens unchecked: {}", store, refusal.getMessage());
                return false;
            }
            if (refusal.kind().passes()) {
                throw new RolledBack(String.valueOf(refusal.getMessage()), refusal);
            }
            throw refusal;
        }
    }

    /**
     * What PostgreSQL knows of a store beyond the grid's last receipt.
     *
     * @param last its highest receipt number
     * @param atGridsLast its order under the grid's last number; {@code null} if it has none
     * @param next the order after that, if it is the only one more
     */
    private record Seen(long last, @Nullable Order atGridsLast, Optional<PgOrder> next) {
        static Seen of(Connection connection, StoreKey store, long lastInGrid) throws SQLException {
            long last = PgOrder.lastNumber(connection, store);
            if (last <= lastInGrid) {
                return new Seen(last, null, Optional.empty());
            }
            @Nullable Order same = null;
            if (lastInGrid > 0) {
                OrderKey key = new OrderKey(store.cityId(), store.storeId(), lastInGrid);
                same = PgTables.ORDERS.withKeys(connection, List.of(key)).get(key);
            }
            Optional<PgOrder> next = last > lastInGrid + 1
                    ? Optional.empty()
                    : PgOrder.read(connection, new OrderKey(store.cityId(), store.storeId(), last));
            return new Seen(last, same, next);
        }
    }

    /** Answers whether an order was taken over. */
    private boolean open(StoreKey store) {
        PgReader reader = new PgReader(databases());
        // PostgreSQL first: a sale under way, whose number it may have already, holds the counter until the grid has it
        // too. The other way round every sale between the two looks would seem to be lost.
        long lastInPostgres = reader.read(store.cityId(), connection -> PgOrder.lastNumber(connection, store));
        StoreCounter before = GridTransaction.run(node, own -> own.lock(GridCaches.STORE_COUNTERS, store));
        long lastInGrid = before == null ? 0 : before.lastOrderNo();
        if (lastInPostgres <= lastInGrid) {
            return false;
        }
        Seen seen = reader.read(store.cityId(), connection -> Seen.of(connection, store, lastInGrid));
        if (seen.last() <= lastInGrid) {
            return false;
        }
        if (seen.next().isEmpty() || !sameLastOrder(store, lastInGrid, seen.atGridsLast())) {
            log.warn(
                    "{} has receipts up to {} of {}, the grid up to {}: both are compared before the store sells",
                    databases().settings().name(store.cityId()),
                    seen.last(),
                    store,
                    lastInGrid);
            throw compareFirst(store);
        }
        adopt(store, before, seen.next().get());
        return true;
    }

    private StoreNotOpen compareFirst(StoreKey store) {
        FragmentOpenings.compareAgain(node, store.cityFragment());
        return StoreNotOpen.yet(
                FragmentOpenings.cityName(node, store.cityFragment()) + " is about to be compared with PostgreSQL");
    }

    private boolean sameLastOrder(StoreKey store, long lastInGrid, @Nullable Order inPostgres) {
        if (lastInGrid == 0) {
            return true;
        }
        Order inGrid =
                BoundedReads.get(node, GridCaches.ORDERS, new OrderKey(store.cityId(), store.storeId(), lastInGrid));
        return inGrid != null && inPostgres != null && inGrid.orderId().equals(inPostgres.orderId());
    }

    private void adopt(StoreKey store, @Nullable StoreCounter before, PgOrder found) {
        boolean adopted = GridTransaction.run(node, transaction -> {
            OrderMappingKey mapping = new OrderMappingKey(
                    store.cityId(), store.storeId(), found.order().orderId());
            transaction.lock(GridCaches.ORDER_MAPPING, mapping);
            Map<InventoryKey, Inventory> stock = transaction.lockAll(
                    GridCaches.INVENTORY, new TreeSet<>(found.stock().keySet()));
            StoreCounter counter = transaction.lock(GridCaches.STORE_COUNTERS, store);
            boolean sameAsBefore = (counter == null ? 0 : counter.version()) == (before == null ? 0 : before.version());
            boolean stockFollows =
                    found.stock().entrySet().stream().allMatch(row -> follows(stock.get(row.getKey()), row.getValue()));
            if (!sameAsBefore) {
                throw new RolledBack("the store changed while it was opened");
            }
            if (!stockFollows) {
                return false;
            }
            OrderMapping mapped = new OrderMapping(
                    store.storeId(),
                    found.key().orderNo(),
                    found.order().customerId(),
                    found.order().orderedAt(),
                    Versioned.FIRST);
            transaction.adopt(GridCaches.ORDERS, found.key(), found.order());
            transaction.adoptAll(GridCaches.ORDER_ITEMS, found.items());
            transaction.adoptAll(GridCaches.PAYMENTS, found.payments());
            transaction.adoptAll(GridCaches.INVENTORY, found.stock());
            transaction.adopt(GridCaches.ORDER_MAPPING, mapping, mapped);
            transaction.adopt(GridCaches.STORE_COUNTERS, store, found.counter());
            // Whoever was told to look at the order after a commit that failed may just have removed it from
            // PostgreSQL.
            Outbox.putDoubtful(node, rows(found, mapping, mapped), "taken over from PostgreSQL");
            log.warn("{} was in PostgreSQL alone, left by a node that died: the grid has taken it over", found.key());
            return true;
        });
        if (!adopted) {
            throw compareFirst(store);
        }
    }

    private static WriteSet rows(PgOrder order, OrderMappingKey mapping, OrderMapping mapped) {
        WriteSet rows = new WriteSet();
        rows.put(GridCaches.ORDERS.name(), order.key(), order.order());
        order.items().forEach((key, item) -> rows.put(GridCaches.ORDER_ITEMS.name(), key, item));
        order.payments().forEach((key, payment) -> rows.put(GridCaches.PAYMENTS.name(), key, payment));
        order.stock().forEach((key, stock) -> rows.put(GridCaches.INVENTORY.name(), key, stock));
        rows.put(GridCaches.ORDER_MAPPING.name(), mapping, mapped);
        rows.put(
                GridCaches.STORE_COUNTERS.name(),
                new StoreKey(order.key().cityId(), order.key().storeId()),
                order.counter());
        return rows;
    }

    private static boolean follows(@Nullable Inventory inGrid, Inventory inPostgres) {
        return inGrid != null && inPostgres.version() == inGrid.version() + 1;
    }
}
