package io.citygrid.ops.web;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.durability.WriteSet;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.Outbox;
import io.citygrid.grid.topology.TopologyTask;
import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.Chromium;
import io.citygrid.testing.FreePorts;
import io.citygrid.testing.PagePictures;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.WebApp;
import io.citygrid.testing.WholeGrid;
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
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;

/** An operator looks at the grid page while nodes and PostgreSQL are away and come back. */
@ExtendWith(Chromium.class)
@ExtendWith(SharedGrid.class)
class GridPageIT {
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(60);

    private static WebApp app;
    private static Chromium browser;

    private final Shop shop = SharedGrid.shop();

    @BeforeAll
    static void start() {
        app = new WebApp(SharedGrid.grid().addresses());
        browser = Chromium.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
        app.close();
    }

    @Test
    void databasesBacklogAndLogAreShownAndCanBeTriedAgain() {
        StoreKey store = shop.store(Shop.KARACHI);
        int tea = shop.product("3.00");
        shop.stock(store, tea, 10);
        browser.driver().get(app.uri("/grid").toString());
        for (String database : List.of("karachi_db", "lahore_db", "pos_central")) {
            shows("#database-rows tr[data-database=" + database + "][data-reachable=true]", "in reach");
        }
        shows("#write-through", "before they commit");
        shop.sold(basket(store, line(tea, 1)));
        shows("#log-rows tr[data-status=Success]", "store " + store.storeId() + ": 1");

        SharedGrid.postgres().killAbruptly();
        try {
            WriteSet rows = new WriteSet();
            rows.put(GridCaches.STORES.name(), store, SharedGrid.client().get(GridCaches.STORES, store));
            Outbox.putDoubtful(SharedGrid.grid().node(), rows, "to be told again");
            shows("#database-rows tr[data-database=karachi_db][data-reachable=false]", "1 outbox entry");
            browser.driver().findElement(By.id("log-failed")).click();
            shows("#log[data-shown=Failed] tr[data-status=Failed]", "karachi_db");
            assertThat(browser.driver().findElements(By.cssSelector("#log-rows tr[data-status=Success]")))
                    .isEmpty();
            browser.driver().findElement(By.id("retry")).click();
            shows("#retry-result", "Out of reach: ");
        } finally {
            SharedGrid.postgres().startAgain();
        }

        browser.driver().findElement(By.id("retry")).click();
        shows("#retry-result", "delivered");
        shows("#database-rows tr[data-database=karachi_db][data-reachable=true]", "Nothing waits");
        browser.driver().findElement(By.id("log-all")).click();
        shows("#log[data-shown=All] tr[data-status=Success]", "karachi_db");
    }

    @Test
    void theLineAtTheTopSaysWhoSellsWhatIsWrongAndWhatToDo() {
        TestGrid grid = SharedGrid.grid();
        PagePictures pictures = new PagePictures(browser, "grid-states");
        StoreKey store = shop.store(Shop.KARACHI);
        int tea = shop.product("3.00");
        shop.stock(store, tea, 10);
        WholeGrid.await(SharedGrid.client());
        browser.driver().get(app.uri("/grid").toString());
        says("good", "Every city sells. Nothing to do.");
        pictures.take("healthy");
        nothingComesFromOutside();

        try {
            grid.stopNode("karachi-1");
            says("warn", "Every city sells. karachi-1 is gone: its fragments are sold by karachi-2; start it again.");
            shop.sold(basket(store, line(tea, 1)));
            pictures.take("one-node-down");

            grid.stopNode("karachi-2");
            says(
                    "warn",
                    "Every city sells. karachi-1 and karachi-2 are gone: the fragments of Karachi are sold by lahore-1 and "
                            + "lahore-2; start them again, and let no other node go before, since 16 fragments have no "
                            + "second copy.");
            shop.sold(basket(store, line(tea, 1)));
            pictures.take("city-down");

            assertThat(movedWhile(() -> startMissing(grid)))
                    .as("nodes that were seen while their copies were being filled")
                    .contains("karachi-1", "karachi-2");
        } finally {
            startMissing(grid);
            grid.awaitServing();
        }
        WholeGrid.await(SharedGrid.client());
        says("good", "Every city sells. Nothing to do.");

        SharedGrid.postgres().killAbruptly();
        try {
            says(
                    "warn",
                    "Every city sells. karachi_db, lahore_db and pos_central are out of reach: what Karachi and Lahore sell "
                            + "waits in the grid and is delivered when they are back; start PostgreSQL.");
            shop.sold(basket(store, line(tea, 1)));
            pictures.take("postgresql-down");
        } finally {
            SharedGrid.postgres().startAgain();
        }
        says("good", "Every city sells. Nothing to do.");
    }

    @Test
    void withoutAnyNodeThePageSaysThatNobodySellsFromHere() {
        try (WebApp alone = new WebApp("127.0.0.1:" + FreePorts.row(1))) {
            browser.driver().get(alone.uri("/grid").toString());
            shows(
                    "#headline[data-kind=bad]",
                    "No city can sell from here: no node of the grid answers. Start the grid");
        }
    }

    private static void startMissing(TestGrid grid) {
        TestGrid.NAMES.stream().filter(name -> !grid.living().contains(name)).forEach(grid::startNode);
    }

    private static void says(String kind, String text) {
        shows("#headline[data-kind=" + kind + "] #headline-text", text);
        assertThat(browser.driver().findElement(By.id("headline-text")).getText()).isEqualTo(text);
    }

    private static void nothingComesFromOutside() {
        Object loaded = browser.driver()
                .executeScript("return performance.getEntriesByType('resource').map(entry => entry.name)");
        assertThat((List<?>) loaded)
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(String.valueOf(name))
                        .startsWith(app.uri("/").toString()));
    }

    /** Names of nodes that another node saw filling their copies while {@code change} was going on. */
    private static Set<String> movedWhile(Runnable change) {
        Set<String> moved = new ConcurrentSkipListSet<>();
        Ignite witness = SharedGrid.grid().node("lahore-1");
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

    /** Waits until a part of the page that {@code selector} finds has {@code text} in it. */
    private static void shows(String selector, String text) {
        new WebDriverWait(browser.driver(), SHOWN_WITHIN)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> text + " in " + selector + " of " + body())
                .until(page -> page.findElements(By.cssSelector(selector)).stream()
                        .map(WebElement::getText)
                        .anyMatch(shown -> shown.contains(text)));
    }

    private static String body() {
        return browser.driver().findElement(By.tagName("body")).getText();
    }
}
