package io.citygrid.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.GridClient;
import io.citygrid.model.order.Durability;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.CityServers;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Load;
import io.citygrid.testing.SalesLog;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * PostgreSQL servers that are killed, stopped and frozen while eight registers sell in two cities: no sale fails or waits long,
 * the other city notices nothing, and afterwards both sides are equal.
 */
class PostgresOutageIT {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);

    /** When every sale under way at the beginning of an outage has been answered, and the breaker is open. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(4);

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(3);

    @TempDir
    private Path directory;

    private CityServers servers;
    private TestGrid grid;
    private GridClient client;
    private Shop shop;
    private List<StoreKey> stores;
    private Load load;

    private void open(WriteThroughMode mode) {
        servers = new CityServers(directory);
        grid = new TestGrid(new TestGrid.Layout(directory, SurvivalGoal.BOTH, servers.settings()).with(mode));
        client = grid.connect();
        shop = Shop.open(client);
        stores = new ArrayList<>();
        for (int city : List.of(Shop.KARACHI, Shop.LAHORE, Shop.KARACHI, Shop.LAHORE)) {
            stores.add(shop.store(city));
        }
    }

    private void openAndSell(WriteThroughMode mode) {
        open(mode);
        load = Load.start(client, shop, stores, Load.seed());
        load.awaitSales(200);
    }

    @AfterEach
    void close() {
        if (load != null) {
            load.close();
        }
        if (client != null) {
            client.close();
        }
        if (grid != null) {
            grid.close();
        }
        if (servers != null) {
            servers.close();
        }
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
        SalesLog log = soldWithoutFailure("killed for 20 s");
        assertQueuedMeanwhile(log, begun, over);
        assertUnaffected(log.inCity(Shop.LAHORE));
        new Invariants(grid, servers).check();
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
        SalesLog log = soldWithoutFailure("frozen for 20 s, and for 3 s");
        assertQueuedMeanwhile(log, begun, over);
        assertUnaffected(log.inCity(Shop.LAHORE));
        new Invariants(grid, servers).check();
    }

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
        new Invariants(grid, servers).check();
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
        new Invariants(grid, servers).check();
    }

    @Test
    void d28_rowsLockedCrosswiseInTwoDatabasesHoldUpNoSaleForLong() throws SQLException {
        openAndSell(WriteThroughMode.IN_TRANSACTION);
        // Somebody with a session in each city's database holds what the sales of every store need last.
        try (Connection karachi = lockCounters(CityServers.KARACHI);
                Connection lahore = lockCounters(CityServers.LAHORE)) {
            goOnFor(NOTICED_WITHIN);
            load.awaitSales(50);
            lahore.rollback();
            karachi.rollback();
        }
        awaitWrittenThrough(Shop.KARACHI);
        awaitWrittenThrough(Shop.LAHORE);
        soldWithoutFailure("rows locked in both databases");
        new Invariants(grid, servers).check();
    }

    private Connection lockCounters(String database) throws SQLException {
        Connection connection = servers.connect(database);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT 1 FROM store_counters ORDER BY store_id FOR UPDATE");
        }
        return connection;
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
