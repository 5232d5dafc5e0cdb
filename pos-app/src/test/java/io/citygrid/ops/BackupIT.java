package io.citygrid.ops;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.DumpedDatabase;
import io.citygrid.durability.PgDump;
import io.citygrid.durability.PgTable;
import io.citygrid.durability.PgTables;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.backup.BackupFolder;
import io.citygrid.grid.backup.BackupList;
import io.citygrid.grid.backup.BackupsTask;
import io.citygrid.grid.backup.Manifest;
import io.citygrid.grid.backup.RestorePlan;
import io.citygrid.grid.backup.RunRequest;
import io.citygrid.grid.backup.RunRequest.Work;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.Tasks;
import io.citygrid.load.progress.Progress;
import io.citygrid.load.reconcile.CityComparison;
import io.citygrid.load.reconcile.Warm;
import io.citygrid.model.order.Order;
import io.citygrid.model.order.OrderKey;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Load;
import io.citygrid.testing.SalesLog;
import io.citygrid.testing.SalesLog.Sold;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.WholeGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Backups made while eight registers sell, and every one of their states brought back, forward and back. */
class BackupIT {
    private static final String NAME = "monday";
    private static final List<String> DATABASES = List.of("karachi_db", "lahore_db", "pos_central");

    @TempDir
    Path directory;

    private TestPostgres postgres;
    private TestGrid.Layout layout;
    private TestGrid grid;
    private GridClient client;
    private Shop shop;
    private StoreKey karachi;
    private StoreKey lahore;
    private int tea;
    private SalesLog sales;

    /** When each state was begun and ended, by the clock of the sales. */
    private final List<long[]> states = new ArrayList<>();

    @BeforeEach
    void open() {
        postgres = new TestPostgres(directory);
        layout = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
        start();
    }

    @AfterEach
    void close() {
        stop();
        postgres.close();
    }

    private void start() {
        grid = new TestGrid(layout);
        client = grid.connect();
    }

    private void stop() {
        if (grid != null) {
            client.close();
            grid.close();
            grid = null;
        }
    }

    @Test
    void everyStateComesBackAsItWas() throws IOException, SQLException {
        sellAndBackUp();
        new Invariants(grid, postgres).check();

        rollsForwardToTheIncrement();
        rollsForwardIntoWipedNodesOfWhichOneIsGone();
        rollsBackToTheIncrementThoughPostgresFailsInTheMiddle();
        rollsBackToTheFullBackup();
        dumpsFillAnEmptyServerAndAnEmptyGrid();
    }

    private void sellAndBackUp() {
        shop = Shop.open(client);
        karachi = shop.store(Shop.KARACHI);
        lahore = shop.store(Shop.LAHORE);
        tea = shop.product("47.00");
        shop.stock(karachi, tea, 1000);
        shop.stock(lahore, tea, 1000);
        try (Load load = Load.start(client, shop, List.of(karachi, lahore), Load.seed())) {
            load.awaitSales(200);
            backUp(Work.BACKUP, load);
            shop.customer(Shop.KARACHI, "Zara", "0300-1");
            load.awaitSales(150);
            backUp(Work.INCREMENT, load);
            load.awaitSales(150);
            sales = load.stop();
        }
        assertThat(sales.refused()).isEmpty();
        System.out.println("all sales: " + sales.summary());
    }

    private void backUp(Work work, Load load) {
        long begun = System.nanoTime();
        succeeds(RunRequest.begin(work, work == Work.BACKUP ? NAME : "", 0, null));
        long ended = System.nanoTime();
        states.add(new long[] {begun, ended});
        SalesLog during = load.log().within(begun, ended);
        long[] millis = during.sold().stream()
                .mapToLong(sale ->
                        Duration.ofNanos(sale.endedNanos() - sale.begunNanos()).toMillis())
                .sorted()
                .toArray();
        System.out.printf(
                "sales during %s of %d ms: %d, median %d ms, slowest %d ms%n",
                work,
                Duration.ofNanos(ended - begun).toMillis(),
                millis.length,
                millis[millis.length / 2],
                during.slowest().toMillis());
        assertThat(millis).isNotEmpty();
    }

    private void rollsForwardToTheIncrement() {
        RestorePlan plan = plan(1);
        assertThat(plan.refusal()).isNull();
        assertThat(plan.receiptsNow()).isEqualTo(sales.sold().size());
        assertThat(plan.receiptsThen()).isBetween(300L, plan.receiptsNow());

        succeeds(RunRequest.begin(Work.ROLL_FORWARD, NAME, 1, null));

        everyAcknowledgedSaleIsThere();
        sellsOn(karachi, receipts(karachi) + 1);
        new Invariants(grid, postgres).check();
        assertThat(follow(RunRequest.begin(Work.INCREMENT, "", 0, null), step -> {}))
                .hasValueSatisfying(refusal -> assertThat(refusal).contains("Make a full backup instead"));
        aNodeWithoutFilesIsLetIn();
    }

    /** Ignite forgets some settings of the caches that it restores, and lets in no node that has them. */
    private void aNodeWithoutFilesIsLetIn() {
        grid.stopNode("karachi-2");
        assertThat(FileSystemUtils.deleteRecursively(
                        nodeFolder("karachi-2").resolve("db").toFile()))
                .isTrue();
        grid.startNode("karachi-2");
        WholeGrid.await(client);
        sellsOn(karachi, receipts(karachi) + 1);
        new Invariants(grid, postgres).check();
    }

    /** The part of the node that is gone was copied to another: as on a cluster of other nodes. */
    private void rollsForwardIntoWipedNodesOfWhichOneIsGone() throws IOException {
        stop();
        for (String node : TestGrid.NAMES) {
            FileSystemUtils.deleteRecursively(nodeFolder(node).resolve("db"));
        }
        Path own = nodeFolder("lahore-2").resolve("snapshots").resolve(NAME);
        Path moved = directory.resolve("moved");
        Files.move(own, moved);
        start();
        assertThat(plan(0).refusal()).contains("lahore-2", "on no node", "Nothing was changed");

        FileSystemUtils.copyRecursively(
                moved, nodeFolder("lahore-1").resolve("snapshots").resolve(NAME));
        assertThat(plan(1).refusal()).contains("does not have its own part", "lahore-2");
        succeeds(RunRequest.begin(Work.ROLL_FORWARD, NAME, 0, null));

        everyAcknowledgedSaleIsThere();
        new Invariants(grid, postgres).check();
        shop = Shop.open(client);
        removePartOf("lahore_2", nodeFolder("lahore-1").resolve("snapshots").resolve(NAME));
        Files.move(moved, own);
    }

    private static void removePartOf(String part, Path snapshot) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.walk(snapshot)) {
            found = files.filter(file -> file.getFileName().toString().equals(part)
                            || file.getFileName().toString().equals(part + ".smf"))
                    .toList();
        }
        for (Path file : found) {
            FileSystemUtils.deleteRecursively(file);
        }
        assertThat(found).hasSizeGreaterThan(3);
    }

    private void rollsBackToTheIncrementThoughPostgresFailsInTheMiddle() {
        AtomicBoolean killed = new AtomicBoolean();
        RunRequest back = RunRequest.begin(Work.ROLL_BACK, NAME, 1, null);
        Optional<String> failure = follow(back, step -> {
            if (step.startsWith("restoring the snapshot") && killed.compareAndSet(false, true)) {
                postgres.killAbruptly();
            }
        });
        assertThat(failure)
                .hasValueSatisfying(why -> assertThat(why).contains("stays closed", "run the same command again"));
        assertThat(shop.sell(basket(karachi, line(tea, 1))))
                .isInstanceOfSatisfying(OrderOutcome.StoreNotOpen.class, shut -> assertThat(shut.isShut())
                        .isTrue());
        postgres.startAgain();
        Awaitility.await("PostgreSQL is back").atMost(Duration.ofSeconds(30)).until(() -> plan(1).refusal() == null);

        succeeds(RunRequest.begin(Work.ROLL_BACK, NAME, 1, null));

        isTheStateOf(1);
        new Invariants(grid, postgres).check();
        sellsOn(karachi, receipts(karachi) + 1);
    }

    private void rollsBackToTheFullBackup() {
        succeeds(RunRequest.begin(Work.ROLL_BACK, NAME, 0, null));
        isTheStateOf(0);
        sellsOn(karachi, receipts(karachi) + 1);
        new Invariants(grid, postgres).check();
    }

    private void dumpsFillAnEmptyServerAndAnEmptyGrid() throws IOException, SQLException {
        succeeds(RunRequest.begin(Work.BACKUP, "tuesday", 0, null));
        BackupList list = client.operate(Tasks.BACKUPS, BackupsTask.ALL);
        assertThat(list.backups()).extracting(backup -> backup.name()).containsExactly("tuesday", NAME);
        assertThat(list.backups().get(0).problems()).isEmpty();
        assertThat(list.backups().get(1).increments()).isEqualTo(1);
        stop();
        BackupFolder folder = new BackupFolder(directory.resolve("backups"));
        Manifest manifest = folder.manifest("tuesday").orElseThrow();
        Manifest.Point point = manifest.point(0).orElseThrow();
        Path other = Files.createDirectory(directory.resolve("other"));
        try (TestPostgres empty = new TestPostgres(other)) {
            for (PgDump.Database dump : point.databases()) {
                DumpedDatabase dumped =
                        new DumpedDatabase(empty.settings(), dump, folder.dump("tuesday", point, dump.database()));
                assertThat(dumped.problems()).isEmpty();
                dumped.bringBack();
            }
            for (String database : DATABASES) {
                assertThat(contents(empty, database)).as(database).isEqualTo(contents(postgres, database));
            }
            DatabaseSettings settings = empty.settings();
            try (TestGrid warmed = new TestGrid(new TestGrid.Layout(other, SurvivalGoal.BOTH, settings));
                    GridClient into = warmed.connect()) {
                Map<UUID, Long> original = orders(postgres);
                assertThat(Warm.run(into, Progress.silent()).cities()).allMatch(CityComparison::equal);
                new Invariants(warmed, empty).check();
                assertThat(orders(empty)).isEqualTo(original);
            }
        }
    }

    /** A checksum of all rows, by table. */
    private static Map<String, String> contents(TestPostgres server, String database) throws SQLException {
        Map<String, String> contents = new TreeMap<>();
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (PgTable<?, ?> table : PgTables.all()) {
                if (table.central() && !database.equals("pos_central")) {
                    continue;
                }
                try (ResultSet row = statement.executeQuery(
                        "SELECT count(*) || ' ' || md5(string_agg(t::text, ',' ORDER BY t::text))" + " FROM "
                                + table.name() + " t")) {
                    row.next();
                    contents.put(table.name(), row.getString(1));
                }
            }
        }
        return contents;
    }

    private static Map<UUID, Long> orders(TestPostgres server) throws SQLException {
        Map<UUID, Long> orders = new HashMap<>();
        try (Connection connection = server.connect("pos_central");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT order_id, order_no FROM order_mapping")) {
            while (row.next()) {
                orders.put(row.getObject(1, UUID.class), row.getLong(2));
            }
        }
        return orders;
    }

    private Path nodeFolder(String node) {
        return directory.resolve("nodes").resolve(node);
    }

    private RestorePlan plan(int increment) {
        return client.operate(Tasks.RESTORE_PLAN, RunRequest.begin(Work.ROLL_FORWARD, NAME, increment, null));
    }

    private void succeeds(RunRequest request) {
        long begun = System.nanoTime();
        assertThat(follow(
                        request,
                        step -> System.out.printf(
                                "%6d ms %s%n",
                                Duration.ofNanos(System.nanoTime() - begun).toMillis(), step)))
                .isEmpty();
    }

    private Optional<String> follow(RunRequest request, Consumer<String> told) {
        return FollowedRun.run(client, request, told);
    }

    private void everyAcknowledgedSaleIsThere() {
        for (Sold sale : sales.sold()) {
            assertThat(order(sale)).as("receipt %s", sale.orderNo()).isNotNull();
            assertThat(order(sale).orderId()).isEqualTo(sale.request().orderId());
        }
    }

    private Order order(Sold sale) {
        return client.get(
                GridCaches.ORDERS,
                new OrderKey(sale.request().cityId(), sale.request().storeId(), sale.orderNo()));
    }

    /** What was sold before it was begun is there; what was asked for after it ended is not. */
    private void isTheStateOf(int state) {
        for (Sold sale : sales.sold()) {
            Order found = order(sale);
            boolean there =
                    found != null && found.orderId().equals(sale.request().orderId());
            if (sale.endedNanos() - states.get(state)[0] < 0) {
                assertThat(there).as("receipt %s, sold before", sale.orderNo()).isTrue();
            } else if (sale.begunNanos() - states.get(state)[1] > 0) {
                assertThat(there).as("receipt %s, sold after", sale.orderNo()).isFalse();
            }
        }
    }

    private long receipts(StoreKey store) {
        return client.get(GridCaches.STORE_COUNTERS, store).lastOrderNo();
    }

    private void sellsOn(StoreKey store, long expected) {
        OrderRequest request = basket(store, line(tea, 1));
        Awaitility.await(store + " sells").atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        client.processOrder(request))
                .isInstanceOfAny(OrderOutcome.Completed.class, OrderOutcome.AlreadyCompleted.class));
        assertThat(receipts(store)).isEqualTo(expected);
    }
}
