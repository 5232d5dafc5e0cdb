package io.citygrid.ops.check;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.Databases;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.node.GridNode;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.grid.node.UnsafeSettings;
import io.citygrid.model.CityKey;
import io.citygrid.model.order.Durability;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.Payment;
import io.citygrid.model.order.PaymentKey;
import io.citygrid.model.rollup.StoreDay;
import io.citygrid.model.rollup.StoreDayKey;
import io.citygrid.model.stock.Inventory;
import io.citygrid.model.stock.InventoryKey;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.Role;
import io.citygrid.testing.ByHand;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Load;
import io.citygrid.testing.OneCopy;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.TestUsers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cluster.ClusterNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A sound grid is found sound while it sells; what is damaged on purpose is named, and put right again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CheckIT {
    @TempDir
    private static Path directory;

    private static TestPostgres postgres;
    private static TestGrid.Layout layout;
    private static TestGrid grid;
    private static GridClient client;
    private static Shop shop;

    private StoreKey store;
    private int tea;

    @BeforeAll
    static void start() {
        postgres = new TestPostgres(directory);
        layout = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
        grid = new TestGrid(layout);
        client = grid.connect();
        shop = Shop.open(client);
    }

    @AfterAll
    static void stop() {
        client.close();
        grid.close();
        postgres.close();
    }

    @BeforeEach
    void openAStore() {
        store = shop.store(Shop.KARACHI);
        tea = shop.product("47.00");
        shop.stock(store, tea, 1000);
        for (int i = 1; i <= 3; i++) {
            shop.sold(basket(store, line(tea, i)));
        }
    }

    @AfterEach
    void everythingAddsUp() {
        new Invariants(grid, postgres).check();
    }

    private record Checked(int exitCode, String text) {}

    private static Checked check(String... arguments) {
        StringWriter text = new StringWriter();
        String[] all = new String[arguments.length + 4];
        all[0] = "--grid";
        all[1] = layout.addresses();
        all[2] = "--grid-login";
        all[3] = TestUsers.loginFile(Role.OPS);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        int exitCode = new CommandLine(new CheckCommand())
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true))
                .execute(all);
        return new Checked(exitCode, text.toString());
    }

    private static void wrong(String... words) {
        Checked found = check("--city", "karachi");
        assertThat(found.text()).contains(words).contains("What to do: ");
        assertThat(found.text().lines().reduce((first, last) -> last).orElse(""))
                .startsWith("WRONG: ");
        assertThat(found.exitCode()).as(found.text()).isEqualTo(1);
    }

    @Test
    @Order(1)
    void aSoundGridIsFoundSoundWhileItSells() {
        List<StoreKey> stores =
                List.of(store, shop.store(Shop.KARACHI), shop.store(Shop.LAHORE), shop.store(Shop.LAHORE));
        try (Load load = Load.start(client, shop, stores, Load.seed())) {
            load.awaitSales(100);
            for (int round = 1; round <= 2; round++) {
                // A database that is slow for a moment is out of reach, and is not compared then.
                Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    Checked found = check();
                    assertThat(found.exitCode()).as(found.text()).isZero();
                    assertThat(found.text()).contains("ALL RIGHT; 4 nodes, 2 cities, 4 stores, ");
                });
            }
            load.stop();
        }
        Checked json = check("--city", "2", "--json");
        assertThat(json.text()).contains("\"verdict\" : \"all-right\"", "\"findings\" : [ ]", "\"stores\" : 2");
        assertThat(check("--city", "Quetta"))
                .satisfies(
                        unknown -> assertThat(unknown.text()).contains("the grid has no city 'Quetta'; it has Karachi"))
                .extracting(Checked::exitCode)
                .isEqualTo(2);
    }

    private OrderKey receipt(long number) {
        return new OrderKey(store.cityId(), store.storeId(), number);
    }

    /** A node that has a copy of the store's rows and is not their primary. */
    private Ignite backup() {
        List<ClusterNode> owners = List.copyOf(
                grid.node().affinity(GridCaches.ORDERS.name()).mapPartitionToPrimaryAndBackups(store.cityFragment()));
        return grid.node(owners.get(1).consistentId().toString());
    }

    private <K extends CityKey, V> V row(GridCache<K, V> cache, K key) {
        return cache.on(grid.node()).get(key);
    }

    /** Changes a row on all copies behind PostgreSQL's back, has it found, and puts it back. */
    private <K extends CityKey, V> void changed(
            GridCache<K, V> cache, K key, UnaryOperator<V> change, String... words) {
        V before = row(cache, key);
        cache.on(grid.node()).put(key, change.apply(before));
        try {
            wrong(words);
        } finally {
            cache.on(grid.node()).put(key, before);
        }
    }

    @Test
    @Order(2)
    void aCopyThatLacksAnOrder() {
        String node = backup().cluster().localNode().consistentId().toString();
        OneCopy.remove(backup(), GridCaches.ORDERS, receipt(2));
        try {
            wrong("Copies that differ", "orders, " + receipt(2), node + " has none");
        } finally {
            GridCaches.ORDERS.on(grid.node()).put(receipt(2), row(GridCaches.ORDERS, receipt(2)));
        }
    }

    @Test
    @Order(3)
    void aCopyWithOtherStock() {
        String node = backup().cluster().localNode().consistentId().toString();
        InventoryKey key = new InventoryKey(store.cityId(), store.storeId(), tea);
        Inventory right = row(GridCaches.INVENTORY, key);
        OneCopy.replace(backup(), GridCaches.INVENTORY, key, new Inventory(7, right.version(), right.updatedAt()));
        try {
            wrong("Copies that differ", "inventory, " + key, node + " has another");
        } finally {
            GridCaches.INVENTORY.on(grid.node()).put(key, right);
        }
    }

    @Test
    @Order(4)
    void rowsThatWereChangedInTheGrid() {
        changed(
                GridCaches.PAYMENTS,
                new PaymentKey(store.cityId(), store.storeId(), 3, 1),
                paid -> new Payment(
                        paid.orderId(),
                        new BigDecimal("100.00"),
                        paid.method(),
                        paid.status(),
                        paid.tendered(),
                        paid.changeDue(),
                        paid.paidAt(),
                        paid.version()),
                "Money",
                "receipt 3 says 141.00, its lines come to 141.00 and its payments to 100.00",
                "amount is 100.00 in the grid, 141.00 in PostgreSQL");
        changed(
                GridCaches.INVENTORY,
                new InventoryKey(store.cityId(), store.storeId(), tea),
                stock -> new Inventory(stock.quantity() + 1, stock.version(), stock.updatedAt()),
                "product " + tea + " has 995 on hand, but 1000 received less 6 sold are 994",
                "quantity is 995 in the grid, 994 in PostgreSQL");
        Cache.Entry<StoreDayKey, StoreDay> day = sum();
        changed(
                GridCaches.STORE_DAYS,
                day.getKey(),
                sum -> new StoreDay(
                        sum.cityId(),
                        sum.orders(),
                        sum.orderLines(),
                        sum.units() + 1,
                        sum.revenue(),
                        sum.firstOrderNo(),
                        sum.lastOrderNo()),
                "Sums for reports",
                "store " + store.storeId() + ": the sum of ");
    }

    private Cache.Entry<StoreDayKey, StoreDay> sum() {
        return Awaitility.await("the store's sums")
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            for (String node : TestGrid.NAMES) {
                                for (Cache.Entry<StoreDayKey, StoreDay> day : GridCaches.STORE_DAYS
                                        .on(grid.node(node))
                                        .localEntries(CachePeekMode.PRIMARY)) {
                                    if (day.getKey().storeId() == store.storeId()
                                            && day.getValue().orders() == 3) {
                                        return day;
                                    }
                                }
                            }
                            return null;
                        },
                        day -> day != null);
    }

    @Test
    @Order(5)
    void aCounterThatWasMoved() {
        // Head office is told of receipts up to the counter.
        Awaitility.await("head office knows the orders")
                .atMost(Duration.ofSeconds(30))
                .until(() -> inCentral() == 3);
        changed(
                GridCaches.STORE_COUNTERS,
                store,
                counter -> new StoreCounter(5, counter.version(), counter.updatedAt()),
                "Receipt numbers",
                "store " + store.storeId() + ": its counter stands at 5, but its last receipt is 3");
        changed(
                GridCaches.STORE_COUNTERS,
                store,
                counter -> new StoreCounter(2, counter.version(), counter.updatedAt()),
                "store " + store.storeId() + ": its counter stands at 2, but there is a receipt 3");
    }

    private int inCentral() throws SQLException {
        try (Connection connection = postgres.connect("pos_central");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(
                        "SELECT count(*) FROM order_mapping WHERE store_id = " + store.storeId())) {
            count.next();
            return count.getInt(1);
        }
    }

    @Test
    @Order(6)
    void rowsThatWereChangedInPostgres() {
        ByHand byHand = new ByHand(postgres, store);
        byHand.run("UPDATE inventory SET quantity = quantity + 5 WHERE $store");
        byHand.run("DELETE FROM payments WHERE $store AND order_no = 1");
        try {
            wrong(
                    "Grid and PostgreSQL differ",
                    "quantity is 994 in the grid, 999 in PostgreSQL",
                    "payments, " + new PaymentKey(store.cityId(), store.storeId(), 1, 1) + ": only the grid has it");
        } finally {
            byHand.run("UPDATE inventory SET quantity = quantity - 5 WHERE $store");
            client.reconcile(store.cityFragment(), rows -> {});
        }
    }

    @Test
    @Order(7)
    void aDatabaseThatIsDownIsNotCheckedAndOneThatKeepsNothingIsNotUsed() {
        postgres.execute("karachi_db", "ALTER DATABASE karachi_db SET synchronous_commit = off");
        postgres.killAbruptly();
        awaitLost(true);
        Checked down = check();
        assertThat(down.text()).contains("NOT CHECKED · Databases", "karachi_db is out of reach and was not compared");
        assertThat(down.exitCode()).as(down.text()).isEqualTo(2);

        postgres.startAgain();
        Awaitility.await("the server answers").atMost(Duration.ofSeconds(30)).until(() -> TestGrid.NAMES.stream()
                .map(CheckIT::databases)
                .noneMatch(databases -> databases.lost(DatabaseSettings.CENTRAL) || databases.lost(Shop.LAHORE)));
        Awaitility.await("karachi_db is found out")
                .atMost(Duration.ofSeconds(30))
                .until(() -> databases("karachi-1").unsafe().containsKey("karachi_db")
                        && databases("karachi-2").unsafe().containsKey("karachi_db"));
        assertThat(shop.sold(basket(store, line(tea, 1))).durability()).isEqualTo(Durability.QUEUED);
        wrong(
                "Unsafe databases",
                "karachi_db: synchronous_commit is off, so a crash loses sales that it has confirmed");
        // The node that runs has the port for metrics.
        assertThatThrownBy(() ->
                        GridNode.start(layout.settings("karachi-1").withMetricsPort(NodeSettings.NO_METRICS_PORT)))
                .isInstanceOf(UnsafeSettings.class)
                .hasMessageContaining("database karachi_db: synchronous_commit is off");

        postgres.execute("karachi_db", "ALTER DATABASE karachi_db RESET synchronous_commit");
        awaitLost(false);
        Awaitility.await("all is right again").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Checked found = check();
            assertThat(found.exitCode()).as(found.text()).isZero();
        });
    }

    private static Databases databases(String node) {
        return WriteThrough.of(grid.node(node)).databases();
    }

    /** The nodes of a city look after its database. */
    private static void awaitLost(boolean lost) {
        Awaitility.await("karachi_db is " + (lost ? "lost" : "back"))
                .atMost(Duration.ofSeconds(30))
                .until(() -> databases("karachi-1").lost(Shop.KARACHI) == lost
                        && databases("karachi-2").lost(Shop.KARACHI) == lost);
    }
}
