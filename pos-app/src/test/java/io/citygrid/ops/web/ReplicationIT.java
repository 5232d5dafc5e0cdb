package io.citygrid.ops.web;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.durability.WriteSet;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.Outbox;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.node.GridNode;
import io.citygrid.model.order.Receipt;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.HttpCaller.Answer;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.WebApp;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Databases are away and come back: operators see what waits and since when, the log tells what happened and nothing else, and
 * everything arrives.
 */
class ReplicationIT {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static TestPostgres central;
    private static TestPostgres postgres;
    private static TestGrid.Layout layout;
    private static TestGrid grid;
    private static GridClient client;
    private static WebApp app;
    private static Shop shop;

    private StoreKey karachi;
    private StoreKey lahore;
    private int tea;

    @BeforeAll
    static void start() {
        central = new TestPostgres(directory.resolve("central"));
        postgres = new TestPostgres(directory.resolve("cities"), central);
        layout = new TestGrid.Layout(directory, SurvivalGoal.BOTH, postgres.settings());
        grid = new TestGrid(layout);
        client = grid.connect();
        app = new WebApp(grid.addresses());
        shop = Shop.open(client);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {app, client, grid, postgres, central}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @BeforeEach
    void openStores() {
        karachi = shop.store(Shop.KARACHI);
        lahore = shop.store(Shop.LAHORE);
        tea = shop.product("3.00");
        shop.stock(karachi, tea, 1_000);
        shop.stock(lahore, tea, 1_000);
    }

    @AfterEach
    void everythingAddsUp() {
        new Invariants(grid, postgres).check();
    }

    @Test
    void d12_theCentralDatabaseIsDownAndNoSaleWaitsForItAndEverythingArrivesLater() {
        central.killAbruptly();
        List<UUID> sold = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sold.add(sold(i % 2 == 0 ? karachi : lahore).orderId());
        }
        await("the page says so", () -> {
            JsonNode shown = grid().path("central");
            assertThat(shown.path("name").asString()).isEqualTo("pos_central");
            assertThat(shown.path("reachable").booleanValue()).isFalse();
            assertThat(shown.path("reason").asString()).isNotEmpty();
            assertThat(shown.path("since").asString()).isNotEmpty();
            assertThat(shown.path("ordersWaiting").asLong()).isEqualTo(20);
        });
        await("the log says so", () -> assertThat(log("Failed")).anySatisfy(row -> {
            assertThat(row.path("targetDb").asString()).isEqualTo("pos_central");
            assertThat(row.path("tableName").asString()).isEqualTo("order_mapping");
            assertThat(row.path("message").asString()).contains("out of reach");
        }));
        JsonNode retried = app.post("/api/replication/retry", "").json();
        assertThat(retried.path("waiting").asLong()).isGreaterThanOrEqualTo(20);
        assertThat(target(retried, "pos_central").path("reachable").booleanValue())
                .isFalse();
        assertThat(target(retried, "karachi_db").path("reachable").booleanValue())
                .isTrue();
        assertThat(retried.path("silentNodes")).isEmpty();

        central.startAgain();

        await("the page is well again", () -> {
            app.post("/api/replication/retry", "");
            JsonNode shown = grid().path("central");
            assertThat(shown.path("reachable").booleanValue()).isTrue();
            assertThat(shown.path("ordersWaiting").asLong()).isZero();
            assertThat(shown.path("logWaiting").asLong()).isZero();
        });
        assertThat(uuids("SELECT order_id FROM order_mapping")).containsAll(sold);
        assertThat(log("Success")).anySatisfy(row -> {
            assertThat(row.path("targetDb").asString()).isEqualTo("pos_central");
            assertThat(row.path("message").asString()).contains("it had not taken any since");
        });
        assertThat(log("Failed"))
                .as("one row for each node and reason, and not one for each try")
                .hasSizeLessThan(40);
        await("the log is in the central database", () -> assertThat(centralLogIds())
                .containsAll(log("Failed").stream()
                        .map(row -> row.path("id").asLong())
                        .toList()));
    }

    @Test
    void d17_whatTheCentralDatabaseRefusesIsNeverCalledASuccess() {
        sold(karachi);
        String first = "store " + karachi.storeId() + ": 1";
        await("the first order arrives", () -> assertThat(log("Success"))
                .anySatisfy(row -> assertThat(row.path("recordId").asString()).contains(first)));
        central.execute(
                "pos_central",
                "ALTER TABLE order_mapping ADD CONSTRAINT no_second CHECK (store_id <> " + karachi.storeId()
                        + " OR order_no <> 2)");
        String second = "store " + karachi.storeId() + ": 2";
        sold(karachi);

        await("the refusal is told", () -> assertThat(log("Failed")).anySatisfy(row -> {
            assertThat(row.path("recordId").asString()).contains(second);
            assertThat(row.path("message").asString()).contains("SQLSTATE 23514");
        }));
        JsonNode retried = app.post("/api/replication/retry", "").json();
        assertThat(target(retried, "pos_central").path("waiting").asLong()).isPositive();
        assertThat(log("Success"))
                .noneMatch(row -> row.path("recordId").asString().contains(second));

        central.execute("pos_central", "ALTER TABLE order_mapping DROP CONSTRAINT no_second");

        await("it arrives when it is no longer refused", () -> assertThat(log("Success"))
                .anySatisfy(row -> assertThat(row.path("recordId").asString()).contains(second)));
        assertThat(uuids("SELECT order_id FROM order_mapping WHERE order_no = 2 AND store_id = " + karachi.storeId()))
                .hasSize(1);
    }

    @Test
    void d23_aCityDatabaseIsDownAndWhatWaitsForItIsCountedAndDeliveredWhenItIsBack() {
        await("nothing waits", () -> assertThat(
                        city(Shop.KARACHI).path("outbox").path("entries").asLong())
                .isZero());
        postgres.killAbruptly();
        WriteSet rows = new WriteSet();
        rows.put(GridCaches.STORES.name(), karachi, client.get(GridCaches.STORES, karachi));
        Outbox.putDoubtful(grid.node(), rows, "to be told again");

        await("the backlog is shown", () -> {
            assertThat(city(Shop.KARACHI).path("database").path("name").asString())
                    .isEqualTo("karachi_db");
            assertThat(city(Shop.KARACHI).path("database").path("reachable").booleanValue())
                    .isFalse();
            assertThat(city(Shop.KARACHI).path("outbox").path("entries").asLong())
                    .isEqualTo(1);
            assertThat(city(Shop.KARACHI).path("outbox").path("oldestQueuedAt").asString())
                    .isNotEmpty();
            assertThat(grid().path("central").path("reachable").booleanValue()).isTrue();
        });
        await("the outage is in the log", () -> assertThat(log("Failed"))
                .anySatisfy(row -> assertThat(row.path("targetDb").asString()).isEqualTo("karachi_db")));
        assertThat(client.query("SELECT sum(total) FROM orders"))
                .as("d24: the question for all sales is answered by the grid")
                .hasSize(1);
        long newest = log(null).get(0).path("id").asLong();

        postgres.startAgain();

        await("it is delivered", () -> {
            app.post("/api/replication/retry", "");
            assertThat(city(Shop.KARACHI).path("database").path("reachable").booleanValue())
                    .isTrue();
            assertThat(city(Shop.KARACHI).path("outbox").path("entries").asLong())
                    .isZero();
            assertThat(log("Success")).anySatisfy(row -> {
                assertThat(row.path("targetDb").asString()).isEqualTo("karachi_db");
                assertThat(row.path("tableName").asString()).isEqualTo("stores");
                assertThat(row.path("id").asLong()).isGreaterThan(newest);
            });
        });
    }

    @Test
    void theLogIsCompleteAndInOrderWhileANodeIsAway() {
        sold(karachi);
        await("the order is told", () -> assertThat(log("Success"))
                .anySatisfy(row ->
                        assertThat(row.path("recordId").asString()).contains("store " + karachi.storeId() + ": 1")));
        List<Long> before = ids(log(null));
        assertThat(before).isSortedAccordingTo((a, b) -> Long.compare(b, a)).doesNotHaveDuplicates();

        grid.stopNode("karachi-1");
        try {
            assertThat(ids(log(null))).containsAll(before);
            await("the others report", () -> assertThat(city(Shop.KARACHI)
                            .path("database")
                            .path("reachable")
                            .booleanValue())
                    .isTrue());
        } finally {
            grid.startNode("karachi-1");
            grid.awaitServing();
        }
        assertThat(app.get("/api/replication?limit=1").json()).hasSize(1);
        assertThat(client.query("SELECT id, target_db, status FROM replication_log WHERE status = 'Success'"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=success", "status=Lost", "status=", "limit=0", "limit=1001", "limit=many"})
    void aQuestionThatMakesNoSenseIsRefused(String query) {
        Answer answer = app.get("/api/replication?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("malformed-request");
    }

    @Test
    void whatTheClusterWasStartedWithIsShown() {
        assertThat(grid().path("writeThrough").asString()).isEqualTo("in-transaction");
        assertThat(grid().path("cityLoss").asString()).isEqualTo("hand-over");
    }

    @Test
    void aNodeThatWritesThroughAtAnotherTimeThanTheOthersIsNotLetIn() {
        grid.stopNode("lahore-2");
        try {
            assertThatThrownBy(() ->
                            GridNode.start(layout.with(WriteThroughMode.QUEUED).settings("lahore-2")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("write-through in-transaction")
                    .hasMessageContaining("with queued");
        } finally {
            grid.startNode("lahore-2");
            grid.awaitServing();
        }
    }

    private Receipt sold(StoreKey store) {
        return shop.sold(basket(store, line(tea, 1)));
    }

    private static void await(String what, Runnable expectation) {
        Awaitility.await(what)
                .atMost(WITHIN)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(expectation::run);
    }

    private static JsonNode grid() {
        return app.get("/api/grid").json();
    }

    private static JsonNode city(int id) {
        return StreamSupport.stream(grid().path("cities").spliterator(), false)
                .filter(city -> city.path("id").asInt() == id)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode target(JsonNode retried, String name) {
        return StreamSupport.stream(retried.path("targets").spliterator(), false)
                .filter(target -> target.path("target").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> log(String status) {
        Answer answer = app.get("/api/replication?limit=1000" + (status == null ? "" : "&status=" + status));
        assertThat(answer.status()).isEqualTo(200);
        List<JsonNode> rows = new ArrayList<>();
        answer.json().forEach(rows::add);
        assertThat(rows).allSatisfy(row -> assertThat(row.path("status").asString())
                .isEqualTo(status == null ? row.path("status").asString() : status));
        return rows;
    }

    private static List<Long> ids(List<JsonNode> rows) {
        return rows.stream().map(row -> row.path("id").asLong()).toList();
    }

    private static Set<Long> centralLogIds() {
        Set<Long> ids = new TreeSet<>();
        for (Object id : column("SELECT id FROM replication_log")) {
            ids.add((Long) id);
        }
        return ids;
    }

    private static List<UUID> uuids(String sql) {
        return column(sql).stream().map(UUID.class::cast).toList();
    }

    private static List<Object> column(String sql) {
        List<Object> values = new ArrayList<>();
        try (Connection connection = postgres.connect("pos_central");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(result.getObject(1));
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return values;
    }
}
