package io.citygrid.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.outbox.LogPage;
import io.citygrid.grid.outbox.LogQuery;
import io.citygrid.model.order.Durability;
import io.citygrid.model.outbox.ReplicationLogEntry;
import io.citygrid.model.outbox.ReplicationStatus;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.CityServers;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Load;
import io.citygrid.testing.SalesLog;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * PostgreSQL servers that are killed, stopped and frozen while eight registers sell in two cities: no sale fails or waits long,
 * the other city notices nothing, and afterwards both sides are equal.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresOutageIT {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);

    /** When every sale under way at the beginning of an outage has been answered, and the breaker is open. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(4);

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofSeconds(3);

    @TempDir
    private static Path directory;

    /** Tests of one mode share a grid, as long as each leaves it whole. */
    private static WriteThroughMode opened;

    private static CityServers servers;
    private static TestGrid grid;
    private static GridClient client;
    private static Shop shop;

    private List<StoreKey> stores;
    private Load load;
    private boolean leftWhole;

    private void open(WriteThroughMode mode) {
        if (opened != mode) {
            closeGrid();
            Path folder = newFolder(mode);
            servers = new CityServers(folder);
            grid = new TestGrid(new TestGrid.Layout(folder, SurvivalGoal.BOTH, servers.settings()).with(mode));
            client = grid.connect();
            shop = Shop.open(client);
            opened = mode;
        }
        stores = new ArrayList<>();
        for (int city : List.of(Shop.KARACHI, Shop.LAHORE, Shop.KARACHI, Shop.LAHORE)) {
            stores.add(shop.store(city));
        }
    }

    private static Path newFolder(WriteThroughMode mode) {
        try {
            return Files.createTempDirectory(directory, mode.setting());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void openAndSell(WriteThroughMode mode) {
        open(mode);
        load = Load.start(client, shop, stores, Load.seed());
        load.awaitSales(200);
    }

    @AfterEach
    void stopSelling() {
        if (load != null) {
            load.close();
        }
        if (!leftWhole) {
            closeGrid();
        }
    }

    private void everythingAddsUp() {
        new Invariants(grid, servers).check();
        leftWhole = true;
    }

    @AfterAll
    static void closeGrid() {
        opened = null;
        if (client != null) {
            client.close();
        }
        if (grid != null) {
            grid.close();
        }
        if (servers != null) {
            servers.close();
        }
        client = null;
        grid = null;
        servers = null;
    }

    @Test
    void d23_aCityWhoseDatabaseIsKilledSellsOn() {
        openAndSell(WriteThroughMode.IN_TRANSACTION);
        long begun = System.nanoTime();

        servers.kill(CityServers.KARACHI);
        goOnFor(LONG);
        long over = System.nanoTime();
        servers.startAgain(CityServers.KARACHI);

        awaitWrittenThrough(Shop.KARACHI);
        SalesLog log = soldWithoutFailure("killed for 10 s");
        assertLogNamesTheOutage(begun, over);
        assertQueuedMeanwhile(log, begun, over);
        assertUnaffected(log.inCity(Shop.LAHORE));
        everythingAddsUp();
    }

    @Test
    void d14_aCityWhoseDatabaseIsFrozenSellsOn() {
        openAndSell(WriteThroughMode.IN_TRANSACTION);
        long begun = System.nanoTime();

        servers.freeze(CityServers.KARACHI);
        goOnFor(LONG);
        long over = System.nanoTime();
        servers.thaw(CityServers.KARACHI);
        awaitWrittenThrough(Shop.KARACHI);
        servers.freeze(CityServers.KARACHI);
        goOnFor(SHORT);
        servers.thaw(CityServers.KARACHI);

        awaitWrittenThrough(Shop.KARACHI);
        SalesLog log = soldWithoutFailure("frozen for 10 s, and for 3 s");
        assertLogNamesTheOutage(begun, over);
        assertQueuedMeanwhile(log, begun, over);
        assertUnaffected(log.inCity(Shop.LAHORE));
        everythingAddsUp();
    }

    @Order(Integer.MAX_VALUE)
    @ParameterizedTest
    @EnumSource(names = {"AFTER_COMMIT", "QUEUED"})
    void d23_d24_inOtherModesADatabaseStoppedKilledAndFrozenCostsNoSale(WriteThroughMode mode) {
        openAndSell(mode);

        servers.stop(CityServers.KARACHI);
        goOnFor(SHORT);
        servers.startAgain(CityServers.KARACHI);
        load.awaitSales(200);
        servers.kill(CityServers.KARACHI);
        goOnFor(SHORT);
        servers.startAgain(CityServers.KARACHI);
        load.awaitSales(200);
        servers.freeze(CityServers.KARACHI);
        goOnFor(NOTICED_WITHIN);
        servers.thaw(CityServers.KARACHI);
        load.awaitSales(200);

        SalesLog log = soldWithoutFailure(mode.setting() + ", stopped, killed and frozen");
        Durability usual = mode == WriteThroughMode.QUEUED ? Durability.QUEUED : Durability.WRITTEN_THROUGH;
        SalesLog lahore = log.inCity(Shop.LAHORE);
        assertThat(lahore.count(usual))
                .as("sales of the other city that were %s", usual)
                .isEqualTo(lahore.sold().size());
        everythingAddsUp();
    }

    @Test
    void d12_d14_withTheCentralDatabaseDownOrStalledEveryCitySellsAndTheMappingArrivesLater() {
        open(WriteThroughMode.IN_TRANSACTION);
        load = Load.start(client, shop, stores, Load.seed(), () -> servers.kill(CityServers.CENTRAL));

        goOnFor(SHORT);
        load.awaitSales(400);
        servers.startAgain(CityServers.CENTRAL);
        servers.freeze(CityServers.CENTRAL);
        goOnFor(SHORT);
        load.awaitSales(400);

        SalesLog log = soldWithoutFailure("the central database down and stalled for the whole run");
        assertUnaffected(log);
        servers.thaw(CityServers.CENTRAL);
        everythingAddsUp();
    }

    @Test
    void d28_aDeadlockAcrossTwoDatabasesHoldsUpNoSaleForLong() throws Exception {
        openAndSell(WriteThroughMode.IN_TRANSACTION);
        // Two people work in both databases, in opposite order, with rows that every sale needs last.
        // Each waits for the other, and neither PostgreSQL can see that.
        try (Session first = new Session(CityServers.KARACHI, CityServers.LAHORE);
                Session second = new Session(CityServers.LAHORE, CityServers.KARACHI)) {
            first.lockOwn();
            second.lockOwn();
            first.waitForOther();
            second.waitForOther();

            goOnFor(NOTICED_WITHIN);
            load.awaitSales(50);

            assertThat(first.waits()).as("the first still waits").isTrue();
            assertThat(second.waits()).as("the second still waits").isTrue();
        }
        awaitWrittenThrough(Shop.KARACHI);
        awaitWrittenThrough(Shop.LAHORE);
        soldWithoutFailure("deadlocked across both databases");
        everythingAddsUp();
    }

    /** One person's transaction that spans two databases. */
    private final class Session implements AutoCloseable {
        private static final String LOCK = "SELECT 1 FROM store_counters ORDER BY store_id FOR UPDATE";

        private final Connection own;
        private final Connection other;
        private final Statement waiting;
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private Future<?> wait;

        Session(String ownDatabase, String otherDatabase) throws SQLException {
            own = begin(ownDatabase);
            other = begin(otherDatabase);
            waiting = other.createStatement();
        }

        private Connection begin(String database) throws SQLException {
            Connection connection = servers.connect(database);
            connection.setAutoCommit(false);
            return connection;
        }

        void lockOwn() throws SQLException {
            try (Statement statement = own.createStatement()) {
                statement.executeQuery(LOCK);
            }
        }

        void waitForOther() {
            wait = thread.submit(() -> waiting.executeQuery(LOCK));
        }

        boolean waits() {
            return !wait.isDone();
        }

        @Override
        public void close() throws SQLException {
            waiting.cancel();
            own.rollback();
            own.close();
            thread.shutdown();
            Awaitility.await("the waiting statement has ended")
                    .atMost(Duration.ofSeconds(30))
                    .until(thread::isTerminated);
            other.rollback();
            other.close();
        }
    }

    /** Rows of the log come a moment after what they tell of; only its order matters to who reads it. */
    private void assertLogNamesTheOutage(long begunNanos, long overNanos) {
        Instant begun = wallClock(begunNanos);
        Instant over = wallClock(overNanos);
        Awaitility.await("the log names the outage and its end")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    assertThat(log(ReplicationStatus.FAILED)).anySatisfy(row -> {
                        assertThat(row.logTime()).isBetween(begun, over);
                        assertThat(row.targetDb()).isEqualTo(CityServers.KARACHI);
                        assertThat(row.message()).as("why").containsAnyOf("out of reach", CityServers.KARACHI);
                    });
                    assertThat(log(ReplicationStatus.SUCCESS)).anySatisfy(row -> {
                        assertThat(row.logTime()).isAfter(over);
                        assertThat(row.targetDb()).isEqualTo(CityServers.KARACHI);
                        assertThat(row.message()).contains("outbox entr");
                    });
                });
        assertThat(log(ReplicationStatus.SUCCESS))
                .filteredOn(row -> row.logTime().isAfter(begun.plus(NOTICED_WITHIN))
                        && row.logTime().isBefore(over))
                .as("successes with a database that was away")
                .noneMatch(row -> row.targetDb().equals(CityServers.KARACHI));
    }

    private static Instant wallClock(long nanos) {
        return Instant.now().minusNanos(System.nanoTime() - nanos);
    }

    private List<ReplicationLogEntry> log(ReplicationStatus status) {
        return client.replicationLog(new LogQuery(status, LogQuery.LIMIT_MAX)).rows().stream()
                .map(LogPage.Row::entry)
                .toList();
    }

    /** The fault lasts for a stated time, whatever happens meanwhile. */
    private static void goOnFor(Duration time) {
        long begun = System.nanoTime();
        Awaitility.await().atMost(time.multipliedBy(2)).until(() -> System.nanoTime() - begun >= time.toNanos());
    }

    private void awaitWrittenThrough(int cityId) {
        long from = System.nanoTime();
        Awaitility.await("sales of city " + cityId + " are written through again")
                .atMost(Duration.ofSeconds(30))
                .until(() -> load.log().since(from).inCity(cityId).count(Durability.WRITTEN_THROUGH) > 0);
    }

    private SalesLog soldWithoutFailure(String what) {
        SalesLog log = load.stop();
        System.out.println("PostgreSQL " + what + ": Karachi "
                + log.inCity(Shop.KARACHI).summary() + "; Lahore "
                + log.inCity(Shop.LAHORE).summary());
        assertThat(log.refused()).as("refused").isEmpty();
        assertThat(log.slowest()).as("the slowest answer").isLessThan(ANSWER_MAX);
        return log;
    }

    private static void assertQueuedMeanwhile(SalesLog log, long begunNanos, long overNanos) {
        long noticed = begunNanos + NOTICED_WITHIN.toNanos();
        SalesLog meanwhile = log.inCity(Shop.KARACHI).within(noticed, overNanos);
        System.out.println("meanwhile in Karachi: " + meanwhile.summary() + " in "
                + TimeUnit.NANOSECONDS.toSeconds(overNanos - noticed) + " s");
        assertThat(meanwhile.sold()).isNotEmpty();
        assertThat(meanwhile.count(Durability.WRITTEN_THROUGH))
                .as("sales written through to a database that is down")
                .isZero();
    }

    private static void assertUnaffected(SalesLog city) {
        assertThat(city.sold()).isNotEmpty();
        assertThat(city.count(Durability.QUEUED))
                .as("queued in an unaffected city")
                .isZero();
    }
}
