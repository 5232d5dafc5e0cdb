package io.citygrid.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.backup.RunProgress;
import io.citygrid.grid.backup.RunRequest;
import io.citygrid.grid.backup.RunRequest.Work;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.outbox.FragmentOpenings;
import io.citygrid.model.CityFragment;
import io.citygrid.model.store.FragmentOpening;
import io.citygrid.model.store.StoreKey;
import io.citygrid.monitoring.MonitoringFiles.Alert;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.WebApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.query.SqlFieldsQuery;
import org.apache.ignite.cluster.ClusterState;
import org.apache.ignite.transactions.Transaction;
import org.apache.ignite.transactions.TransactionConcurrency;
import org.apache.ignite.transactions.TransactionIsolation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night in the life of an operator, in one grid: each thing that breaks is seen in what nodes and web app tell Prometheus, in
 * their health, and in the alerts that Prometheus itself makes of it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonitoringIT {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    @TempDir
    private static Path directory;

    private static TestPostgres postgres;
    private static TestGrid.Layout layout;
    private static TestGrid grid;
    private static GridClient client;
    private static Shop shop;
    private static WebApp app;
    private static StoreKey karachi;
    private static StoreKey lahore;
    private static int tea;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Every name that was seen in any scrape: some metrics are there only when something has happened. */
    private static final Set<String> SEEN = new TreeSet<>();

    @BeforeAll
    static void open() {
        postgres = new TestPostgres(directory);
        layout = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
        grid = new TestGrid(layout);
        client = grid.connect();
        shop = Shop.open(client);
        karachi = shop.store(Shop.KARACHI);
        lahore = shop.store(Shop.LAHORE);
        tea = shop.product("100.00");
        shop.stock(karachi, tea, 1_000);
        shop.stock(lahore, tea, 1_000);
        app = new WebApp(layout.addresses());
        await("both stores are known to the web app")
                .atMost(WITHIN)
                .until(() -> app.get("/api/stores").json().size() == 2);
        app.get("/api/cities");
    }

    @AfterAll
    static void close() {
        app.close();
        client.close();
        grid.close();
        postgres.close();
    }

    @Test
    @Order(1)
    void salesAreCountedAndTimedAndNoAlertFires() throws Exception {
        await("the node is ready").atMost(WITHIN).untilAsserted(() -> assertThat(
                        health("karachi-1", "ready").body())
                .isEqualTo("ready\n"));
        awaitFragments("selling", CityFragment.SLOTS);
        sells(karachi, 3, 201);
        sells(lahore, 1, 201);
        refused();

        Scrape all = scrape();
        assertThat(all.values("citygrid_orders_total", "city", "Karachi", "outcome", "completed"))
                .containsExactly(3.0);
        assertThat(all.values("citygrid_orders_total", "city", "Karachi", "outcome", "out_of_stock"))
                .containsExactly(1.0);
        assertThat(sum(all, "citygrid_sales_total", "city", "Karachi", "outcome", "completed"))
                .isEqualTo(3);
        assertThat(sum(all, "citygrid_order_seconds_count", "city", "Karachi")).isEqualTo(4);
        assertThat(sum(all, "citygrid_postgresql_write_seconds_count", "database", "lahore_db"))
                .isPositive();
        assertThat(all.values("citygrid_primaries", "node", "karachi-1", "member", "lahore-2", "city", "Lahore"))
                .containsExactly(8.0);
        assertThat(all.values("citygrid_city_sells")).containsExactly(1.0, 1.0);
        assertThat(app.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(all.values("citygrid_backup_age_seconds")).isEmpty();
        long backedUp = System.nanoTime();
        backUp();
        assertThat(scrape().values("citygrid_backup_age_seconds"))
                .as("by each node, as they share the folder")
                .hasSize(4)
                .allSatisfy(age -> assertThat(age)
                        .isBetween(
                                0.0,
                                1.0
                                        + Duration.ofNanos(System.nanoTime() - backedUp)
                                                .toSeconds()));
        assertFiring(Set.of());
        new Invariants(grid, postgres).check();
    }

    private static void backUp() {
        RunRequest backup = RunRequest.begin(Work.BACKUP, "evening", 0, null);
        client.<RunRequest, RunProgress>run(0, Tasks.BACKUP_RUN, backup);
        await("a backup is made").atMost(WITHIN).untilAsserted(() -> {
            RunProgress progress = client.run(0, Tasks.BACKUP_RUN, backup.howFar());
            assertThat(progress.done()).isTrue();
            assertThat(progress.failure()).isNull();
        });
    }

    @Test
    @Order(2)
    void rowsThatSomethingHoldsAndQueriesThatFailAreSeen() throws Exception {
        Scrape before = scrape();
        long begun = System.nanoTime();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            Ignite node = grid.node("karachi-1");
            try (Transaction ignored = node.transactions()
                    .txStart(
                            TransactionConcurrency.PESSIMISTIC,
                            TransactionIsolation.REPEATABLE_READ,
                            WITHIN.toMillis(),
                            0)) {
                GridCaches.STORE_COUNTERS.on(node).get(karachi);
                held.countDown();
                awaitQuietly(enough);
            }
        });
        holder.start();
        assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
        Thread letGo = new Thread(() -> {
            await("a lock was not had in time")
                    .atMost(WITHIN)
                    .until(() -> sum(nodes(), "citygrid_transactions_rolled_back_total", "reason", "timeout") > 0);
            enough.countDown();
        });
        letGo.start();
        sell(karachi);
        letGo.join();
        holder.join();
        for (int i = 0; i < 3; i++) {
            failingQuery();
        }
        Scrape after = scrape();
        double elapsed = seconds(begun);

        assertThat(after.values("citygrid_grid_connected")).containsExactly(1.0);
        judge(before, after, elapsed, Set.of("CityGridLockTimeouts", "CityGridQueriesStopped", "CityGridSalesSlow"));
    }

    @Test
    @Order(3)
    void anOutageOfPostgresqlIsSeenAndStopsNothing() throws Exception {
        postgres.killAbruptly();
        await("sales of both cities are queued").atMost(WITHIN).untilAsserted(() -> {
            sells(karachi, 1, 201);
            sells(lahore, 1, 201);
            assertThat(scrape().values("citygrid_database_reachable"))
                    .isNotEmpty()
                    .containsOnly(0.0);
        });
        await("the age of what waits is known").atMost(WITHIN).untilAsserted(() -> assertThat(
                        scrape().values("citygrid_outbox_oldest_seconds"))
                .allMatch(age -> age > 1));
        Scrape before = scrape();
        long begun = System.nanoTime();
        sells(karachi, 60, 201);
        sells(lahore, 1, 201);
        await("what waits is reported")
                .atMost(WITHIN)
                .until(() -> sum(app(), "citygrid_outbox_entries", "city", "Karachi") > 60);
        Scrape after = scrape();

        assertThat(after.values("citygrid_breaker_open", "database", "karachi_db", "node", "karachi-1"))
                .containsExactly(1.0);
        assertThat(app.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(app.get("/actuator/health")
                        .json()
                        .at("/components/postgresql/details/karachi_db")
                        .asString())
                .startsWith("out of reach");
        assertThat(health("karachi-1", "ready").statusCode()).isEqualTo(200);
        judge(
                before,
                after,
                seconds(begun),
                Set.of(
                        "CityGridDatabaseOutOfReach",
                        "CityGridOutboxOld",
                        "CityGridCentralBehind",
                        "CityGridWarehouseBehind"));
        postgres.startAgain();
        await("everything is delivered").atMost(WITHIN).untilAsserted(() -> {
            Scrape now = scrape();
            assertThat(now.values("citygrid_outbox_entries")).containsOnly(0.0);
            assertThat(now.values("citygrid_feed_lag_seconds")).allMatch(lag -> lag < 5);
            assertThat(now.values("citygrid_database_reachable")).containsOnly(1.0);
        });
        assertFiring(Set.of());
        new Invariants(grid, postgres).check();
    }

    @Test
    @Order(4)
    void fragmentsThatDoNotSellAndAnInactiveClusterAreSeen() throws Exception {
        int fragment = CityFragment.of(karachi.cityId(), karachi.storeId());
        FragmentOpenings.set(grid.node(), fragment, FragmentOpening.State.SHUT, "a trial");
        awaitFragments("shut", 1);
        Scrape before = scrape();
        long begun = System.nanoTime();
        sell(karachi);
        Scrape after = scrape();
        assertThat(sum(after, "citygrid_orders_total", "outcome", "store_shut")).isPositive();
        assertThat(app.get("/actuator/health")
                        .json()
                        .at("/components/grid/details/Karachi")
                        .asString())
                .isEqualTo("15 of 16 fragments sell");
        assertThat(app.get("/actuator/health/readiness").status())
                .as("others sell")
                .isEqualTo(200);
        judge(
                before,
                after,
                seconds(begun),
                Set.of("CityGridFragmentsShut", "CityGridSalesRefused", "CityGridNodeNotReady"));
        FragmentOpenings.compareAgain(grid.node(), fragment);
        awaitFragments("shut", 0);
        await("it sells again").atMost(WITHIN).untilAsserted(() -> sells(karachi, 1, 201));

        grid.node().cluster().state(ClusterState.INACTIVE);
        await("the web app is not ready")
                .atMost(WITHIN)
                .until(() -> app.get("/actuator/health/readiness").status() == 503);
        HttpResponse<String> ready = health("lahore-1", "ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("the cluster is INACTIVE");
        assertThat(health("lahore-1", "live").statusCode()).isEqualTo(200);
        assertFiring(Set.of("CityGridClusterInactive", "CityGridNodeNotReady"));
        grid.node().cluster().state(ClusterState.ACTIVE);
        await("it sells again").atMost(WITHIN).untilAsserted(() -> sells(karachi, 1, 201));
        new Invariants(grid, postgres).check();
    }

    @Test
    @Order(5)
    void nodesThatGoAwayOneAfterTheOtherAreSeen() throws Exception {
        grid.stopNode("karachi-2");
        await("it is missed").atMost(WITHIN).until(() -> app().values("citygrid_baseline_nodes_online")
                .contains(3.0));
        await("the others have taken over").atMost(WITHIN).untilAsserted(() -> sells(karachi, 1, 201));
        awaitFragments("selling", CityFragment.SLOTS);
        assertFiring(Set.of("CityGridNodeDown", "CityGridNodesMissing", "CityGridTooFewCopies"));

        grid.stopNode("karachi-1");
        await("the other city sells").atMost(WITHIN).untilAsserted(() -> {
            sells(karachi, 1, 201);
            assertThat(sum(app(), "citygrid_fragments_off_city", "city", "Karachi"))
                    .isEqualTo(16);
        });
        assertFire(
                Set.of("CityGridNodeDown", "CityGridNodesMissing", "CityGridTooFewCopies", "CityGridFragmentsOffCity"));

        grid.stopNode("lahore-2");
        await("nobody can sell")
                .atMost(WITHIN)
                .until(() -> app.get("/actuator/health/readiness").status() == 503);
        assertThat(health("lahore-1", "ready").body()).contains("it sees only 1 of 4 nodes");
        assertFire(
                Set.of("CityGridNodeDown", "CityGridNodesMissing", "CityGridCityCannotSell", "CityGridNodeNotReady"));

        grid.stopNode("lahore-1");
        await("no node is left").atMost(WITHIN).until(() -> app().values("citygrid_grid_connected")
                .contains(0.0));
        assertFiring(Set.of("CityGridNodeDown", "CityGridGridUnreachable"));
        everyMetricThatIsAskedForWasThere();

        TestGrid.NAMES.forEach(grid::startNode);
        grid.awaitServing();
        await("it sells again").atMost(WITHIN).untilAsserted(() -> {
            sells(karachi, 1, 201);
            sells(lahore, 1, 201);
        });
        new Invariants(grid, postgres).check();
    }

    private static void everyMetricThatIsAskedForWasThere() {
        List<String> questions = new ArrayList<>(
                MonitoringFiles.alerts().stream().map(Alert::expression).toList());
        questions.addAll(MonitoringFiles.dashboardQuestions());
        assertThat(SEEN).containsAll(MonitoringFiles.metrics(questions));
    }

    private static boolean awaitQuietly(CountDownLatch enough) {
        try {
            return enough.await(WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void failingQuery() {
        assertThatThrownBy(() -> GridCaches.INVENTORY
                        .on(grid.node())
                        .query(new SqlFieldsQuery("SELECT product_id / (quantity - quantity) FROM inventory")
                                .setSchema(GridCaches.SQL_SCHEMA))
                        .getAll())
                .isInstanceOf(RuntimeException.class);
    }

    private static void sells(StoreKey store, int times, int status) {
        for (int i = 0; i < times; i++) {
            // 200 is a sale too, of which the first answer was lost on the way.
            assertThat(sell(store)).isIn(status, status == 201 ? 200 : status);
        }
    }

    private static int sell(StoreKey store) {
        return order(store, 1);
    }

    private static void refused() {
        assertThat(order(karachi, 9_999)).isEqualTo(422);
    }

    private static int order(StoreKey store, int quantity) {
        return app.post(
                        "/api/orders",
                        "{\"orderId\":\"%s\",\"storeId\":%d,\"items\":[{\"productId\":%d,\"quantity\":%d}]}"
                                .formatted(UUID.randomUUID(), store.storeId(), tea, quantity))
                .status();
    }

    private static void awaitFragments(String state, int count) {
        await(count + " fragments are " + state).atMost(WITHIN).until(() -> app().values(
                        "citygrid_fragments", "state", state, "city", "Karachi")
                .equals(List.of((double) count)));
    }

    private static double sum(Scrape of, String name, String... labels) {
        return of.values(name, labels).stream().mapToDouble(Double::doubleValue).sum();
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    /** Exactly these fire if it stays as it is now. */
    private static void assertFiring(Set<String> expected) throws IOException, InterruptedException {
        Scrape now = scrape();
        Set<String> all =
                new HashSet<>(MonitoringFiles.alerts().stream().map(Alert::name).toList());
        if (Promtool.isThere()) {
            Promtool.assertFiring(directory, now, now, 1, all, expected);
        }
    }

    /** At least these fire if it stays as it is now. */
    private static void assertFire(Set<String> expected) throws IOException, InterruptedException {
        Scrape now = scrape();
        judge(now, now, 1, expected);
    }

    /** At least these fire if it goes on as between the two scrapes. */
    private static void judge(Scrape before, Scrape after, double elapsed, Set<String> expected)
            throws IOException, InterruptedException {
        if (Promtool.isThere()) {
            Promtool.assertFiring(directory, before, after, elapsed, expected, expected);
        }
    }

    /** What Prometheus would have now: of nodes and web app, and whether each answered. */
    private static Scrape scrape() {
        return nodes().plus(app());
    }

    private static Scrape nodes() {
        Scrape all = new Scrape(List.of());
        for (String name : TestGrid.NAMES) {
            Map<String, String> target = Map.of("job", "citygrid-nodes", "instance", name + ":9404");
            String answer = get("http://127.0.0.1:" + layout.metricsPort(name) + "/metrics");
            all = all.plus(Scrape.of(answer, target)).plus(up(target, !answer.isEmpty()));
        }
        all.samples().forEach(sample -> SEEN.add(sample.name()));
        return all;
    }

    private static Scrape app() {
        Map<String, String> target = Map.of("job", "citygrid-apps", "instance", "pos-karachi:8080");
        Scrape scrape = Scrape.of(app.get("/actuator/prometheus").response().body(), target)
                .plus(up(target, true));
        scrape.samples().forEach(sample -> SEEN.add(sample.name()));
        return scrape;
    }

    private static Scrape up(Map<String, String> target, boolean answers) {
        return new Scrape(List.of(new Scrape.Sample("up", new TreeMap<>(target), answers ? 1 : 0)));
    }

    private static HttpResponse<String> health(String node, String which) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + layout.metricsPort(node) + "/health/" + which))
                        .timeout(WITHIN)
                        .build(),
                BodyHandlers.ofString());
    }

    /** The body of an answer; empty if there is none. */
    private static String get(String address) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .timeout(WITHIN)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException away) {
            return "";
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }
}
