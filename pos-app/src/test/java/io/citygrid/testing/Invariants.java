package io.citygrid.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.durability.PgTable;
import io.citygrid.durability.PgTables;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.model.BusinessDay;
import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import io.citygrid.model.Money;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.outbox.ReplicationLogKey;
import io.citygrid.model.rollup.CategoryDay;
import io.citygrid.model.rollup.CategoryDayKey;
import io.citygrid.model.rollup.StoreDay;
import io.citygrid.model.rollup.StoreDayKey;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.store.StoreKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What must hold whatever a test did: stock, money, receipts and ids add up, and every copy and database agrees. */
public final class Invariants {
    private static final String CENTRAL = StoredRows.CENTRAL;
    private static final Duration ARRIVES_WITHIN = Duration.ofSeconds(30);

    private final TestGrid grid;
    private final PostgresAccess postgres;
    private final Map<Integer, String> databases = new TreeMap<>(Map.of(1, "karachi_db", 2, "lahore_db"));

    public Invariants(TestGrid grid, PostgresAccess postgres) {
        this.grid = grid;
        this.postgres = postgres;
    }

    /** Fails with the first thing that does not add up. */
    public void check() {
        rows(GridCaches.CITY_DATABASES)
                .forEach((city, database) -> databases.put(
                        city, database.url().substring(database.url().lastIndexOf('/') + 1)));
        stockAddsUp();
        ordersAddUp();
        sumsEqualTheOrders();
        outboxIsEmpty();
        try (StoredRows stored = new StoredRows(postgres)) {
            databasesEqualTheGrid(stored);
            centralKnowsEveryOrder(stored);
            centralHasTheLog(stored);
            warehouseHasEveryLine(stored);
        }
        copiesAreEqual();
    }

    private <K, V> Map<K, V> rows(GridCache<K, V> cache) {
        Map<K, V> rows = new HashMap<>();
        try (QueryCursor<Cache.Entry<K, V>> entries = cache.on(grid.node()).query(new ScanQuery<K, V>())) {
            entries.forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
        }
        return rows;
    }

    /** Received less sold is on hand, and on hand is never negative. */
    private void stockAddsUp() {
        Map<InventoryKey, Long> expected = new TreeMap<>();
        rows(GridCaches.STOCK_MOVEMENTS)
                .forEach((key, movement) -> expected.merge(
                        new InventoryKey(key.cityId(), key.storeId(), movement.productId()),
                        (long) movement.delta(),
                        Long::sum));
        rows(GridCaches.ORDER_ITEMS)
                .forEach((key, item) -> expected.merge(
                        new InventoryKey(key.cityId(), key.storeId(), item.productId()),
                        (long) -item.quantity(),
                        Long::sum));
        Map<InventoryKey, Long> onHand = new TreeMap<>();
        rows(GridCaches.INVENTORY).forEach((key, row) -> onHand.put(key, (long) row.quantity()));
        assertThat(onHand).as("received - sold = on hand").isEqualTo(expected);
        assertThat(onHand.values()).as("on hand").allMatch(quantity -> quantity >= 0);
    }

    /** Total = lines = payments; numbers 1..n in each store; one order for each id, and a mapping for each order. */
    private void ordersAddUp() {
        Map<OrderKey, Order> orders = rows(GridCaches.ORDERS);
        Map<OrderKey, BigDecimal> lines = new HashMap<>();
        rows(GridCaches.ORDER_ITEMS)
                .forEach((key, item) -> lines.merge(
                        new OrderKey(key.cityId(), key.storeId(), key.orderNo()),
                        item.price().multiply(BigDecimal.valueOf(item.quantity())),
                        BigDecimal::add));
        Map<OrderKey, BigDecimal> paid = new HashMap<>();
        rows(GridCaches.PAYMENTS)
                .forEach((key, payment) -> paid.merge(
                        new OrderKey(key.cityId(), key.storeId(), key.orderNo()), payment.amount(), BigDecimal::add));
        Map<OrderKey, BigDecimal> totals = new HashMap<>();
        Map<StoreKey, TreeSet<Long>> numbers = new TreeMap<>();
        Map<UUID, OrderKey> byId = new HashMap<>();
        orders.forEach((key, order) -> {
            totals.put(key, order.total());
            numbers.computeIfAbsent(new StoreKey(key.cityId(), key.storeId()), store -> new TreeSet<>())
                    .add(key.orderNo());
            assertThat(byId.put(order.orderId(), key))
                    .as("a second order with the id %s", order.orderId())
                    .isNull();
        });
        assertThat(lines).as("lines by order").isEqualTo(totals);
        assertThat(paid).as("payments by order").isEqualTo(totals);
        assertThat(totals.values()).allMatch(total -> total.scale() == Money.SCALE);

        Map<StoreKey, Long> counters = new TreeMap<>();
        rows(GridCaches.STORE_COUNTERS).forEach((key, counter) -> counters.put(key, counter.lastOrderNo()));
        assertThat(counters.keySet()).as("stores with a counter").isEqualTo(numbers.keySet());
        numbers.forEach((store, issued) -> assertThat(issued)
                .as("receipt numbers of %s", store)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, counters.get(store)).boxed().toList()));

        Map<UUID, OrderKey> mapped = new HashMap<>();
        rows(GridCaches.ORDER_MAPPING)
                .forEach((key, row) ->
                        mapped.put(key.orderId(), new OrderKey(key.cityId(), row.storeId(), row.orderNo())));
        assertThat(mapped).as("order ids and their receipts").isEqualTo(byId);
    }

    /** A moment after the last sale, what reports are made of is what the orders come to. */
    private void sumsEqualTheOrders() {
        Map<OrderKey, Order> orders = rows(GridCaches.ORDERS);
        Map<StoreDayKey, StoreDay> days = new TreeMap<>();
        Map<CategoryDayKey, CategoryDay> categories = new TreeMap<>();
        Map<CategoryDayKey, Set<Long>> ordersByCategory = new HashMap<>();
        orders.forEach((key, order) -> days.merge(
                new StoreDayKey(key.cityId(), key.storeId(), day(order)),
                new StoreDay(key.cityId(), 1, 0, 0, order.total(), key.orderNo(), key.orderNo()),
                StoreDay::plus));
        rows(GridCaches.ORDER_ITEMS).forEach((key, item) -> {
            int day = day(orders.get(new OrderKey(key.cityId(), key.storeId(), key.orderNo())));
            BigDecimal amount = item.price().multiply(BigDecimal.valueOf(item.quantity()));
            days.merge(
                    new StoreDayKey(key.cityId(), key.storeId(), day),
                    new StoreDay(key.cityId(), 0, 1, item.quantity(), BigDecimal.ZERO, key.orderNo(), key.orderNo()),
                    StoreDay::plus);
            CategoryDayKey category = new CategoryDayKey(key.cityId(), key.storeId(), day, item.categoryId());
            boolean first = ordersByCategory
                    .computeIfAbsent(category, unused -> new TreeSet<>())
                    .add(key.orderNo());
            categories.merge(
                    category,
                    new CategoryDay(key.cityId(), first ? 1 : 0, 1, item.quantity(), amount),
                    CategoryDay::plus);
        });
        await("the sums by store, category and day are those of the orders").untilAsserted(() -> {
            assertThat(rows(GridCaches.STORE_DAYS)).isEqualTo(days);
            assertThat(rows(GridCaches.CATEGORY_DAYS)).isEqualTo(categories);
        });
    }

    private static int day(Order order) {
        return BusinessDay.of(order.orderedAt(), ZoneId.systemDefault());
    }

    /** Looks at once: mostly everything has arrived. */
    private static ConditionFactory await(String what) {
        return Awaitility.await(what).pollDelay(Duration.ZERO).atMost(ARRIVES_WITHIN);
    }

    private void outboxIsEmpty() {
        await("the outbox is empty").until(() -> rows(GridCaches.OUTBOX).isEmpty());
    }

    private void databasesEqualTheGrid(StoredRows stored) {
        for (PgTable<?, ?> table : PgTables.all()) {
            GridCache<?, ?> cache = GridCaches.named(table.name());
            Map<String, List<String>> expected = new TreeMap<>();
            rows(cache).forEach((key, value) -> expected.computeIfAbsent(home(key), database -> new ArrayList<>())
                    .add(cells(table, key, value)));
            for (String database :
                    cache.kind() == GridCache.Kind.REFERENCE ? List.of(CENTRAL) : List.copyOf(databases.values())) {
                assertSameRows(
                        "rows of " + table.name() + " in " + database,
                        stored.rows(database, table),
                        expected.getOrDefault(database, List.of()));
            }
            if (cache.kind() == GridCache.Kind.CITY && !table.name().equals(GridCaches.ORDER_MAPPING.name())) {
                assertSameRows(
                        "rows of " + table.name() + " of cities without a database",
                        stored.rows(CENTRAL, table),
                        expected.getOrDefault(CENTRAL, List.of()));
            }
        }
    }

    /** Sets instead of lists: rows of a table differ by their keys, and there may be a hundred thousand. */
    private static void assertSameRows(String what, List<String> stored, List<String> expected) {
        Set<String> missing = new TreeSet<>(expected);
        stored.forEach(missing::remove);
        Set<String> surplus = new TreeSet<>(stored);
        expected.forEach(surplus::remove);
        assertThat(missing).as("missing %s", what).isEmpty();
        assertThat(surplus).as("surplus %s", what).isEmpty();
        assertThat(stored).as(what).hasSameSizeAs(expected);
    }

    private String home(Object key) {
        return key instanceof CityKey city
                ? databases.getOrDefault(CityFragment.cityOf(city.cityFragment()), CENTRAL)
                : CENTRAL;
    }

    @SuppressWarnings("unchecked")
    private static <K, V> String cells(PgTable<K, V> table, Object key, Object value) {
        return table.cells((K) key, (V) value).stream().map(String::valueOf).collect(Collectors.joining("|"));
    }

    private void centralKnowsEveryOrder(StoredRows stored) {
        PgTable<?, ?> table = PgTables.named(GridCaches.ORDER_MAPPING.name());
        List<String> expected = new ArrayList<>();
        rows(GridCaches.ORDER_MAPPING).forEach((key, value) -> expected.add(cells(table, key, value)));
        await("the central order mapping has arrived")
                .untilAsserted(
                        () -> assertSameRows("the central order mapping", stored.rows(CENTRAL, table), expected));
    }

    /** The log tells of the deliveries to the central database too, so rows may be under way at any time. */
    private void centralHasTheLog(StoredRows stored) {
        await("the replication log has arrived").untilAsserted(() -> assertThat(stored.logIds())
                .containsAll(rows(GridCaches.REPLICATION_LOG).keySet().stream()
                        .map(ReplicationLogKey::id)
                        .toList()));
    }

    /** The facts are the order lines, each once. */
    private void warehouseHasEveryLine(StoredRows stored) {
        Map<OrderKey, Order> orders = rows(GridCaches.ORDERS);
        Set<String> expected = new TreeSet<>();
        rows(GridCaches.ORDER_ITEMS).forEach((key, line) -> {
            Order order = orders.get(new OrderKey(key.cityId(), key.storeId(), key.orderNo()));
            expected.add(String.join(
                    "|",
                    String.valueOf(key.cityId()),
                    String.valueOf(key.storeId()),
                    String.valueOf(key.orderNo()),
                    String.valueOf(key.lineNo()),
                    LocalDate.ofEpochDay(day(order)).toString(),
                    String.valueOf(line.productId()),
                    String.valueOf(line.categoryId()),
                    String.valueOf(order.customerId()),
                    String.valueOf(line.quantity()),
                    line.price().toString(),
                    line.price().multiply(BigDecimal.valueOf(line.quantity())).toString(),
                    order.orderId().toString()));
        });
        await("the warehouse has every line once")
                .untilAsserted(() -> assertSameRows("lines in the warehouse", stored.facts(), List.copyOf(expected)));
    }

    /** Every backup holds what its primary holds, and when all nodes live there are as many as the survival goal says. */
    private void copiesAreEqual() {
        for (GridCache<?, ?> cache : GridCaches.ALL) {
            if (cache == GridCaches.REPLICATION_LOG) {
                // Rows of the log may be written meanwhile; all others have come to rest.
                await("the copies of the log are equal").untilAsserted(() -> copiesAreEqual(cache));
            } else if (cache.kind() != GridCache.Kind.STATUS) {
                copiesAreEqual(cache);
            }
        }
    }

    private void copiesAreEqual(GridCache<?, ?> cache) {
        Map<Object, Object> primaries = new HashMap<>();
        int backups = 0;
        for (String name : grid.living()) {
            local(grid.node(name), cache, CachePeekMode.PRIMARY)
                    .forEach(entry -> primaries.put(entry.getKey(), entry.getValue()));
        }
        for (String name : grid.living()) {
            for (Cache.Entry<Object, Object> copy : local(grid.node(name), cache, CachePeekMode.BACKUP)) {
                assertThat(copy.getValue())
                        .as("the copy of %s %s on %s", cache.name(), copy.getKey(), name)
                        .isEqualTo(primaries.get(copy.getKey()));
                backups++;
            }
        }
        if (cache.kind().fragmented() && grid.living().size() >= TestGrid.NAMES.size()) {
            assertThat(backups)
                    .as("backups of %s rows of %s", primaries.size(), cache.name())
                    .isEqualTo(primaries.size() * grid.goal().backups());
        }
    }

    private static Iterable<Cache.Entry<Object, Object>> local(Ignite node, GridCache<?, ?> cache, CachePeekMode mode) {
        return node.cache(cache.name()).withKeepBinary().localEntries(mode);
    }
}
