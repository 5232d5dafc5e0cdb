package io.citygrid.grid;

import io.citygrid.grid.GridCache.Kind;
import io.citygrid.grid.sql.ReportFunctions;
import io.citygrid.model.catalog.Category;
import io.citygrid.model.catalog.City;
import io.citygrid.model.catalog.CityDatabase;
import io.citygrid.model.catalog.CityTakeover;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.customer.Customer;
import io.citygrid.model.customer.CustomerContact;
import io.citygrid.model.customer.CustomerKey;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderItem;
import io.citygrid.model.order.OrderItemKey;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import io.citygrid.model.order.Payment;
import io.citygrid.model.order.PaymentKey;
import io.citygrid.model.outbox.OutboxEntry;
import io.citygrid.model.outbox.OutboxKey;
import io.citygrid.model.outbox.ReplicationLogEntry;
import io.citygrid.model.outbox.ReplicationLogKey;
import io.citygrid.model.rollup.CategoryDay;
import io.citygrid.model.rollup.CategoryDayKey;
import io.citygrid.model.rollup.RollupPosition;
import io.citygrid.model.rollup.StoreDay;
import io.citygrid.model.rollup.StoreDayKey;
import io.citygrid.model.status.GridClosing;
import io.citygrid.model.status.NodeReport;
import io.citygrid.model.status.NodeRetirement;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.stock.StockMovement;
import io.citygrid.model.stock.StockMovementKey;
import io.citygrid.model.store.FragmentOpening;
import io.citygrid.model.store.Store;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.CityAffinityFunction;
import io.citygrid.placement.NodeAttributes;
import io.citygrid.placement.SurvivalGoal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheKeyConfiguration;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheRebalanceMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.PartitionLossPolicy;
import org.apache.ignite.cache.QueryEntity;
import org.apache.ignite.cache.QueryIndex;
import org.apache.ignite.cache.QueryIndexType;
import org.apache.ignite.cache.affinity.rendezvous.RendezvousAffinityFunction;
import org.apache.ignite.cache.eviction.lru.LruEvictionPolicy;
import org.apache.ignite.configuration.CacheConfiguration;

/** Every cache of the grid, each with every property that matters stated. */
public final class GridCaches {
    public static final GridCache<Integer, City> CITIES =
            new GridCache<>("cities", Integer.class, City.class, Kind.REFERENCE);
    /** Of cities that were added to a running grid; nodes were started with those of the others. */
    public static final GridCache<Integer, CityDatabase> CITY_DATABASES =
            new GridCache<>("city_databases", Integer.class, CityDatabase.class, Kind.REFERENCE);

    public static final GridCache<Integer, Category> CATEGORIES =
            new GridCache<>("categories", Integer.class, Category.class, Kind.REFERENCE);
    public static final GridCache<Integer, Product> PRODUCTS =
            new GridCache<>("products", Integer.class, Product.class, Kind.REFERENCE);
    public static final GridCache<Integer, CityTakeover> CITY_TAKEOVERS =
            new GridCache<>("city_takeovers", Integer.class, CityTakeover.class, Kind.REFERENCE_GRID_ONLY);

    /** Nodes, by name, that hold no data any more and are not given any. */
    public static final GridCache<String, NodeRetirement> NODE_RETIREMENTS =
            new GridCache<>("node_retirements", String.class, NodeRetirement.class, Kind.REFERENCE_GRID_ONLY);

    public static final GridCache<StoreKey, Store> STORES =
            new GridCache<>("stores", StoreKey.class, Store.class, Kind.CITY);
    public static final GridCache<StoreKey, StoreCounter> STORE_COUNTERS =
            new GridCache<>("store_counters", StoreKey.class, StoreCounter.class, Kind.CITY);
    public static final GridCache<CustomerKey, Customer> CUSTOMERS =
            new GridCache<>("customers", CustomerKey.class, Customer.class, Kind.CITY);
    public static final GridCache<CustomerKey, CustomerContact> CUSTOMER_CONTACTS =
            new GridCache<>("customer_contacts", CustomerKey.class, CustomerContact.class, Kind.CITY);
    public static final GridCache<InventoryKey, Inventory> INVENTORY =
            new GridCache<>("inventory", InventoryKey.class, Inventory.class, Kind.CITY);
    public static final GridCache<StockMovementKey, StockMovement> STOCK_MOVEMENTS =
            new GridCache<>("stock_movements", StockMovementKey.class, StockMovement.class, Kind.CITY);
    public static final GridCache<OrderKey, Order> ORDERS =
            new GridCache<>("orders", OrderKey.class, Order.class, Kind.CITY);
    public static final GridCache<OrderItemKey, OrderItem> ORDER_ITEMS =
            new GridCache<>("order_items", OrderItemKey.class, OrderItem.class, Kind.CITY);
    public static final GridCache<PaymentKey, Payment> PAYMENTS =
            new GridCache<>("payments", PaymentKey.class, Payment.class, Kind.CITY);
    public static final GridCache<OrderMappingKey, OrderMapping> ORDER_MAPPING =
            new GridCache<>("order_mapping", OrderMappingKey.class, OrderMapping.class, Kind.CITY);

    /** What each store sold on each business day. */
    public static final GridCache<StoreDayKey, StoreDay> STORE_DAYS =
            new GridCache<>("store_days", StoreDayKey.class, StoreDay.class, Kind.CITY_DERIVED);

    public static final GridCache<CategoryDayKey, CategoryDay> CATEGORY_DAYS =
            new GridCache<>("category_days", CategoryDayKey.class, CategoryDay.class, Kind.CITY_DERIVED);

    /** How far each store's orders are in the two. */
    public static final GridCache<StoreKey, RollupPosition> ROLLUP_POSITIONS =
            new GridCache<>("rollup_positions", StoreKey.class, RollupPosition.class, Kind.CITY_DERIVED);

    public static final GridCache<OutboxKey, OutboxEntry> OUTBOX =
            new GridCache<>("outbox", OutboxKey.class, OutboxEntry.class, Kind.CITY_GRID_ONLY);
    public static final GridCache<ReplicationLogKey, ReplicationLogEntry> REPLICATION_LOG = new GridCache<>(
            "replication_log", ReplicationLogKey.class, ReplicationLogEntry.class, Kind.CITY_TO_CENTRAL);

    /** What each node, by name, last said of itself. */
    public static final GridCache<String, NodeReport> NODE_REPORTS =
            new GridCache<>("node_reports", String.class, NodeReport.class, Kind.STATUS);

    /** By fragment; a fragment without a row has not been compared with PostgreSQL since all nodes were down. */
    public static final GridCache<Integer, FragmentOpening> FRAGMENT_OPENINGS =
            new GridCache<>("fragment_openings", Integer.class, FragmentOpening.class, Kind.STATUS);

    /** One row, by {@link Closing#KEY}; none says that the grid is open. */
    public static final GridCache<Integer, GridClosing> GRID_CLOSINGS =
            new GridCache<>("grid_closings", Integer.class, GridClosing.class, Kind.OPERATIONS);

    /** All of them, in an order in which rows can be loaded. */
    public static final List<GridCache<?, ?>> ALL = List.of(
            CITY_DATABASES,
            CITIES,
            CATEGORIES,
            PRODUCTS,
            CITY_TAKEOVERS,
            NODE_RETIREMENTS,
            STORES,
            STORE_COUNTERS,
            CUSTOMERS,
            CUSTOMER_CONTACTS,
            INVENTORY,
            STOCK_MOVEMENTS,
            ORDERS,
            ORDER_ITEMS,
            PAYMENTS,
            ORDER_MAPPING,
            STORE_DAYS,
            CATEGORY_DAYS,
            ROLLUP_POSITIONS,
            OUTBOX,
            FRAGMENT_OPENINGS,
            REPLICATION_LOG,
            NODE_REPORTS,
            GRID_CLOSINGS);

    /** The schema of all SQL tables. */
    public static final String SQL_SCHEMA = "PUBLIC";

    private static final String CITY_GROUP = "city";
    private static final String REFERENCE_GROUP = "reference";
    private static final String STATUS_GROUP = "status";
    private static final String OPERATIONS_GROUP = "operations";

    /** The cache groups that a restore of a backup brings back; all their caches are destroyed before. */
    public static final List<String> RESTORED_GROUPS = List.of(CITY_GROUP, REFERENCE_GROUP);

    /** The data region without persistence, as in {@code grid/base.xml}. */
    private static final String STATUS_REGION = "status";

    /**
     * All rows have one node as their primary: with several, a transaction that writes many of them would ask node after node for its
     * locks, in the order of the keys, and wait for the way to another city each time.
     */
    private static final int REFERENCE_PARTITIONS = 1;

    /** Of each cache, on each node; a catalogue row takes about half a kilobyte of heap. */
    private static final int REFERENCE_ROWS_ON_HEAP = 10_000;

    /** The order tables are joined on these columns; without this index Calcite sorts both sides of the join. */
    private static final List<GridCache<?, ?>> JOINED_BY_ORDER = List.of(ORDERS, ORDER_ITEMS, PAYMENTS);

    private static final Map<String, GridCache<?, ?>> BY_NAME = new LinkedHashMap<>();

    static {
        ALL.forEach(cache -> BY_NAME.put(cache.name(), cache));
    }

    private GridCaches() {}

    /** @throws IllegalArgumentException if there is no such cache */
    public static GridCache<?, ?> named(String name) {
        GridCache<?, ?> cache = BY_NAME.get(name);
        if (cache == null) {
            throw new IllegalArgumentException("no cache is named " + name);
        }
        return cache;
    }

    /**
     * The configurations that a node starts with.
     *
     * @param goal the same on all nodes of a cluster
     * @param encrypted whether rows are encrypted on disk; so this, and fixed when the data is made
     */
    public static CacheConfiguration<?, ?>[] configurations(SurvivalGoal goal, boolean encrypted) {
        return ALL.stream()
                .map(cache -> configuration(cache, goal).setEncryptionEnabled(encrypted && cache.kind() != Kind.STATUS))
                .toArray(CacheConfiguration[]::new);
    }

    /**
     * By the policy itself, though Ignite would rather have a factory: restoring a snapshot, Ignite 2.17 makes the caches without
     * their factories ({@code dynamicStartCachesByStoredConf} passes on the stored configuration and not what was split off it), and then lets in
     * no node whose configuration has one.
     */
    @SuppressWarnings("deprecation")
    private static void boundOnHeap(CacheConfiguration<?, ?> configuration) {
        configuration.setEvictionPolicy(new LruEvictionPolicy<>(REFERENCE_ROWS_ON_HEAP));
    }

    private static <K, V> CacheConfiguration<K, V> configuration(GridCache<K, V> cache, SurvivalGoal goal) {
        CacheConfiguration<K, V> configuration = new CacheConfiguration<K, V>(cache.name())
                .setAtomicityMode(CacheAtomicityMode.TRANSACTIONAL)
                // Backups have every acknowledged sale: the commit waits for all copies.
                .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)
                // A fragment without a living copy refuses reads and writes instead of looking empty.
                .setPartitionLossPolicy(PartitionLossPolicy.READ_WRITE_SAFE)
                .setNodeFilter(NodeAttributes.dataNodes())
                .setRebalanceMode(CacheRebalanceMode.ASYNC)
                // PostgreSQL is written by GridTransaction; see WriteThrough for why no cache store does it.
                .setReadThrough(false)
                .setWriteThrough(false)
                .setReadFromBackup(true)
                .setCopyOnRead(true)
                .setStatisticsEnabled(false)
                .setDefaultLockTimeout(TimeUnit.SECONDS.toMillis(5))
                .setMaxQueryIteratorsCount(1024)
                .setSqlSchema(SQL_SCHEMA);
        if (cache.kind().fragmented()) {
            configuration
                    .setGroupName(CITY_GROUP)
                    .setCacheMode(CacheMode.PARTITIONED)
                    .setBackups(goal.backups())
                    .setAffinity(new CityAffinityFunction(goal))
                    .setKeyConfiguration(
                            new CacheKeyConfiguration(cache.keyType().getName(), "cityFragment"));
        } else {
            configuration
                    .setGroupName(group(cache))
                    .setCacheMode(CacheMode.REPLICATED)
                    .setAffinity(new RendezvousAffinityFunction(false, REFERENCE_PARTITIONS))
                    // Every sale reads some of these rows, which hardly ever change: as objects, which nobody can
                    // change.
                    .setOnheapCacheEnabled(true)
                    .setCopyOnRead(false);
            boundOnHeap(configuration);
        }
        if (cache.kind() == Kind.STATUS) {
            // Transactional like all others: Ignite refuses even to peek at an atomic cache inside a grid transaction.
            configuration.setDataRegionName(STATUS_REGION);
        }
        if (cache.kind().inSql()) {
            configuration.setQueryEntities(List.of(table(cache)));
        }
        if (cache.name().equals(STORE_DAYS.name())) {
            // Functions belong to the schema, which all tables share; one cache has to bring them.
            configuration.setSqlFunctionClasses(ReportFunctions.class);
        }
        return configuration;
    }

    private static String group(GridCache<?, ?> cache) {
        return switch (cache.kind()) {
            case STATUS -> STATUS_GROUP;
            case OPERATIONS -> OPERATIONS_GROUP;
            case REFERENCE, REFERENCE_GRID_ONLY -> REFERENCE_GROUP;
            case CITY, CITY_GRID_ONLY, CITY_DERIVED, CITY_TO_CENTRAL -> CITY_GROUP;
        };
    }

    /** Whether a restore of a backup brings its rows back. */
    public static boolean isRestored(GridCache<?, ?> cache) {
        return RESTORED_GROUPS.contains(group(cache));
    }

    private static QueryEntity table(GridCache<?, ?> cache) {
        QueryEntity entity = new QueryEntity(cache.keyType(), cache.valueType()).setTableName(cache.name());
        if (!cache.kind().fragmented()) {
            entity.addQueryField("id", Integer.class.getName(), null);
            entity.setKeyFieldName("id");
        }
        if (JOINED_BY_ORDER.contains(cache)) {
            List<QueryIndex> indexes = new ArrayList<>(entity.getIndexes());
            indexes.add(new QueryIndex(List.of("cityFragment", "storeId", "orderNo"), QueryIndexType.SORTED)
                    .setName(cache.name() + "_by_order"));
            entity.setIndexes(indexes);
        }
        return entity;
    }
}
