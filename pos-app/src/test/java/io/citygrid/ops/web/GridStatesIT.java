package io.citygrid.ops.web;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.topology.TopologyTask;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.Chromium;
import io.citygrid.testing.CityServers;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.WebApp;
import io.citygrid.testing.WholeGrid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** A night in which a database, a node, a city and in the end all nodes go, as the line at the top of the grid page tells it. */
@ExtendWith(Chromium.class)
class GridStatesIT {
    private static final Duration SAID_WITHIN = Duration.ofSeconds(40);

    /** Pictures of each state, for people to look at. */
    private static final Path PICTURES = Path.of("target", "grid-states");

    @TempDir
    private Path directory;

    private Chromium browser;

    @Test
    void theLineAtTheTopSaysWhoSellsWhatIsWrongAndWhatToDo() {
        try (CityServers servers = new CityServers(directory);
                TestGrid grid = new TestGrid(directory, SurvivalGoal.BOTH, servers.settings());
                GridClient client = grid.connect();
                WebApp app = new WebApp(grid.addresses());
                Chromium chromium = Chromium.start()) {
            browser = chromium;
            Shop shop = Shop.open(client);
            StoreKey store = shop.store(Shop.KARACHI);
            int tea = shop.product("3.00");
            shop.stock(store, tea, 100);
            browser.driver().get(app.uri("/grid").toString());

            says("good", "Every city sells. Nothing to do.");
            takePictures("healthy");
            assertNothingComesFromOutside(app);

            servers.kill(CityServers.KARACHI);
            says(
                    "warn",
                    "Every city sells. karachi_db is out of reach: what Karachi sells waits in the grid and is delivered when "
                            + "it is back; start that PostgreSQL.");
            shop.sold(basket(store, line(tea, 1)));
            takePictures("postgresql-down");
            servers.startAgain(CityServers.KARACHI);
            says("good", "Every city sells. Nothing to do.");

            grid.stopNode("karachi-1");
            says("warn", "Every city sells. karachi-1 is gone: its fragments are sold by karachi-2; start it again.");
            shop.sold(basket(store, line(tea, 1)));
            takePictures("one-node-down");

            grid.stopNode("karachi-2");
            says(
                    "warn",
                    "Every city sells. karachi-1 and karachi-2 are gone: the fragments of Karachi are sold by lahore-1 and "
                            + "lahore-2; start them again.");
            shop.sold(basket(store, line(tea, 1)));
            takePictures("city-down");

            assertThat(movedWhile(grid, () -> List.of("karachi-1", "karachi-2").forEach(grid::startNode)))
                    .as("nodes that were shown while their copies were being filled")
                    .contains("karachi-1", "karachi-2");
            grid.awaitServing();
            WholeGrid.await(client);
            says("good", "Every city sells. Nothing to do.");
            new Invariants(grid, servers).check();

            List.of("karachi-1", "karachi-2", "lahore-1").forEach(grid::stopNode);
            says(
                    "bad",
                    "No city can sell. Only 1 of 4 nodes is here, and without half of them nobody may sell: start karachi-1, "
                            + "karachi-2 and lahore-1.");
            takePictures("too-few-nodes");
            grid.stopNode("lahore-2");
            Awaitility.await("the page says that no node answers")
                    .atMost(SAID_WITHIN)
                    .untilAsserted(() -> {
                        assertThat(text())
                                .startsWith("No city can sell from here: no node of the grid answers. Start the grid");
                        assertThat(kind()).isEqualTo("bad");
                    });
        }
    }

    private void says(String kind, String text) {
        Awaitility.await("the page says: " + text).atMost(SAID_WITHIN).untilAsserted(() -> {
            assertThat(text()).isEqualTo(text);
            assertThat(kind()).isEqualTo(kind);
        });
    }

    private String text() {
        return browser.driver().findElement(By.id("headline-text")).getText();
    }

    private String kind() {
        return browser.driver().findElement(By.id("headline")).getDomAttribute("data-kind");
    }

    /** Names of nodes that another node saw filling their copies while {@code change} was going on. */
    private static Set<String> movedWhile(TestGrid grid, Runnable change) {
        Set<String> moved = new ConcurrentSkipListSet<>();
        Thread watch = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                TopologyTask.of(grid.node("lahore-1")).fragments().stream()
                        .map(Topology.Fragment::moving)
                        .forEach(moved::addAll);
            }
        });
        watch.setDaemon(true);
        watch.start();
        change.run();
        Awaitility.await("the copies have been seen moving")
                .atMost(Duration.ofSeconds(20))
                .until(() -> moved.size() >= 2);
        watch.interrupt();
        return moved;
    }

    private void assertNothingComesFromOutside(WebApp app) {
        Object loaded = browser.driver()
                .executeScript("return performance.getEntriesByType('resource').map(entry => entry.name)");
        assertThat((List<?>) loaded).hasSizeGreaterThan(5).allSatisfy(name -> assertThat(String.valueOf(name))
                .startsWith(app.uri("/").toString()));
    }

    /** On a desk and on a telephone, where nothing may stick out. */
    private void takePictures(String state) {
        takePicture(state, 1280);
        takePicture(state + "-narrow", 390);
        browser.driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    private void takePicture(String name, int width) {
        browser.driver()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
        Number shown = (Number) browser.driver().executeScript("return document.documentElement.scrollWidth");
        assertThat(shown.intValue()).as("pixels that %s takes", name).isLessThanOrEqualTo(width);
        String picture = (String) browser.driver()
                .executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data");
        try {
            Files.write(
                    Files.createDirectories(PICTURES).resolve(name + ".png"),
                    Base64.getDecoder().decode(picture));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
