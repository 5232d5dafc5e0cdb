package io.citygrid.ops.web;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.topology.TopologyTask;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.Chromium;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.PagePictures;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.WebApp;
import io.citygrid.testing.WebUsers;
import io.citygrid.testing.WholeGrid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.ignite.Ignite;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is woken at night looks at the grid page while nodes, a city and PostgreSQL are gone and come back. */
@ExtendWith(Chromium.class)
class GridStatesIT {
    @TempDir
    private static Path directory;

    private static TestPostgres postgres;
    private static TestGrid grid;
    private static GridClient client;
    private static WebApp app;
    private static Chromium browser;
    private static GridPage page;
    private static Shop shop;

    @BeforeAll
    static void start() {
        postgres = new TestPostgres(directory);
        grid = new TestGrid(directory, SurvivalGoal.BOTH, postgres.settings());
        client = grid.connect();
        app = new WebApp(grid.addresses());
        browser = Chromium.start();
        browser.logIn(app, WebUsers.OPS);
        page = new GridPage(browser);
        shop = Shop.open(client);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {browser, app, client, grid, postgres}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    void theLineAtTheTopSaysWhoSellsWhatIsWrongAndWhatToDo() {
        PagePictures pictures = new PagePictures(browser, "grid-states");
        StoreKey store = shop.store(Shop.KARACHI);
        int tea = shop.product("3.00");
        shop.stock(store, tea, 10);
        WholeGrid.await(client);
        browser.driver().get(app.uri("/grid").toString());
        page.says("good", "Every city sells. Nothing to do.");
        pictures.take("healthy");
        nothingComesFromOutside();

        try {
            grid.stopNode("karachi-1");
            page.says(
                    "warn",
                    "Every city sells. karachi-1 is gone: its fragments are sold by karachi-2; start it again.");
            shop.sold(basket(store, line(tea, 1)));
            pictures.take("one-node-down");

            grid.stopNode("karachi-2");
            page.says(
                    "warn",
                    "Every city sells. karachi-1 and karachi-2 are gone: the fragments of Karachi are sold by lahore-1"
                            + " and lahore-2; start them again, and let no other node go before, since 16 fragments have"
                            + " no second copy.");
            shop.sold(basket(store, line(tea, 1)));
            pictures.take("city-down");

            assertThat(movedWhile(() -> startMissing()))
                    .as("nodes that were seen while their copies were being filled")
                    .contains("karachi-1", "karachi-2");
        } finally {
            startMissing();
            grid.awaitServing();
        }
        WholeGrid.await(client);
        page.says("good", "Every city sells. Nothing to do.");

        postgres.killAbruptly();
        try {
            page.says(
                    "warn",
                    "Every city sells. karachi_db, lahore_db and pos_central are out of reach: what Karachi and Lahore"
                            + " sell waits in the grid and is delivered when they are back; start PostgreSQL.");
            shop.sold(basket(store, line(tea, 1)));
            pictures.take("postgresql-down");
        } finally {
            postgres.startAgain();
        }
        page.says("good", "Every city sells. Nothing to do.");
        new Invariants(grid, postgres).check();
    }

    private static void startMissing() {
        TestGrid.NAMES.stream().filter(name -> !grid.living().contains(name)).forEach(grid::startNode);
    }

    private static void nothingComesFromOutside() {
        Object loaded = browser.driver()
                .executeScript("return performance.getEntriesByType('resource').map(entry => entry.name)");
        assertThat((List<?>) loaded).hasSizeGreaterThan(5).allSatisfy(name -> assertThat(String.valueOf(name))
                .startsWith(app.uri("/").toString()));
    }

    /** Names of nodes that another node saw filling their copies while {@code change} was going on. */
    private static Set<String> movedWhile(Runnable change) {
        Set<String> moved = new ConcurrentSkipListSet<>();
        Ignite witness = grid.node("lahore-1");
        Thread watch = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                TopologyTask.of(witness).fragments().forEach(fragment -> moved.addAll(fragment.moving()));
            }
        });
        watch.setDaemon(true);
        watch.start();
        try {
            change.run();
            Awaitility.await("copies have been seen moving")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> moved.size() >= 2);
        } finally {
            watch.interrupt();
        }
        return moved;
    }
}
