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
import io.citygrid.grid.PostgresAhead;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.StoreNotOpen;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.stock.StockMovementKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a store for sales again after nodes came or went. A node that dies between PostgreSQL's commit and the grid's leaves
 * orders in PostgreSQL that the grid does not have; nobody was told what became of them. Before the store's next sale the grid
 * takes those orders over. They are those of one grid transaction, because it holds the store's counter from taking its numbers
 * until both have committed; if PostgreSQL has more, it is the grid that has lost something, and the store's fragment is
 * compared whole before it sells. While PostgreSQL is out of reach the store opens unchecked, and is looked at when PostgreSQL is back.
 */
public final class StoreOpening {
    /** Orders that one grid transaction may sell, so that no more of them are ever in PostgreSQL alone. */
    public static final int ORDERS_TOGETHER_MAX = 32;

    private static final Logger log = LoggerFactory.getLogger(StoreOpening.class);

    private final Ignite node;

    private static final Duration LOOKED_AT_WITHIN = Duration.ofSeconds(1);

    /** How a store was opened last. */
    private final Map<StoreKey, Opened> opened = new ConcurrentHashMap<>();

    /** Held while a store is compared with PostgreSQL. */
    private final Map<StoreKey, ReentrantLock> looking = new ConcurrentHashMap<>();

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
        if (!isOpen(store)) {
            alone(store, () -> {
                if (!isOpen(store)) {
                    long topology = node.cluster().topologyVersion();
                    opened.put(store, new Opened(topology, !databases().lost(store.cityId()) && check(store)));
                }
                return true;
            });
        }
    }

    private boolean isOpen(StoreKey store) {
        Opened last = opened.get(store);
        return last != null
                && last.topology == node.cluster().topologyVersion()
                && (last.checked || databases().lost(store.cityId()));
    }

    /** One register's question is answered for all of them: each asks PostgreSQL several times. */
    private boolean alone(StoreKey store, BooleanSupplier work) {
        ReentrantLock one = looking.computeIfAbsent(store, unused -> new ReentrantLock());
        try {
            if (!one.tryLock(LOOKED_AT_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RolledBack("the store is being opened");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RolledBack("the sale was cancelled while the store was being opened", stopping);
        }
        try {
            return work.getAsBoolean();
        } finally {
            one.unlock();
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
        alone(store, () -> {
            if (!open(store)) {
                takeBack(store, ahead.rows());
            }
            return true;
        });
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
     * @param next the orders after that, all of them; none if they are more than one transaction sells, or not all there
     */
    private record Seen(long last, @Nullable Order atGridsLast, List<PgOrder> next) {
        static Seen of(Connection connection, StoreKey store, long lastInGrid) throws SQLException {
            long last = PgOrder.lastNumber(connection, store);
            if (last <= lastInGrid) {
                return new Seen(last, null, List.of());
            }
            @Nullable Order same = null;
            if (lastInGrid > 0) {
                OrderKey key = new OrderKey(store.cityId(), store.storeId(), lastInGrid);
                same = PgTables.ORDERS.withKeys(connection, List.of(key)).get(key);
            }
            List<PgOrder> next = last - lastInGrid > ORDERS_TOGETHER_MAX
                    ? List.of()
                    : PgOrder.read(connection, store, lastInGrid + 1, last);
            return new Seen(last, same, next);
        }
    }

    /** Answers whether orders were taken over. */
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
            requireUnchanged(reader, store, seen.last());
            log.warn(
                    "{} has receipts up to {} of {}, the grid up to {}: both are compared before the store sells",
                    databases().settings().name(store.cityId()),
                    seen.last(),
                    store,
                    lastInGrid);
            throw compareFirst(store);
        }
        if (!OrderAdoption.adopt(node, store, before, seen.next())) {
            requireUnchanged(reader, store, seen.last());
            throw compareFirst(store);
        }
        return true;
    }

    /** What a commit in doubt left is taken out of PostgreSQL while it is looked at. */
    private static void requireUnchanged(PgReader reader, StoreKey store, long last) {
        if (reader.read(store.cityId(), connection -> PgOrder.lastNumber(connection, store)) != last) {
            throw new RolledBack("the store changed while it was opened");
        }
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
}
