package io.citygrid.ops.web;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.durability.WriteSet;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.Outbox;
import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.Chromium;
import io.citygrid.testing.FreePorts;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import io.citygrid.testing.WebApp;
import io.citygrid.testing.WebUsers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;

/** An operator looks at the grid page while PostgreSQL is away and comes back, and while no node answers. */
@ExtendWith(Chromium.class)
@ExtendWith(SharedGrid.class)
class GridPageIT {
    private static WebApp app;
    private static Chromium browser;
    private static GridPage page;

    private final Shop shop = SharedGrid.shop();

    @BeforeAll
    static void start() {
        app = new WebApp(SharedGrid.grid().addresses());
        browser = Chromium.start();
        browser.logIn(app, WebUsers.OPS);
        page = new GridPage(browser);
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
            page.shows("#database-rows tr[data-database=" + database + "][data-reachable=true]", "in reach");
        }
        page.shows("#write-through", "before they commit");
        shop.sold(basket(store, line(tea, 1)));
        page.shows("#log-rows tr[data-status=Success]", "store " + store.storeId() + ": 1");

        SharedGrid.postgres().killAbruptly();
        try {
            WriteSet rows = new WriteSet();
            rows.put(GridCaches.STORES.name(), store, SharedGrid.client().get(GridCaches.STORES, store));
            Outbox.putDoubtful(SharedGrid.grid().node(), rows, "to be told again");
            page.shows("#database-rows tr[data-database=karachi_db][data-reachable=false]", "1 outbox entry");
            browser.driver().findElement(By.id("log-failed")).click();
            page.shows("#log[data-shown=Failed] tr[data-status=Failed]", "karachi_db");
            assertThat(browser.driver().findElements(By.cssSelector("#log-rows tr[data-status=Success]")))
                    .isEmpty();
            browser.driver().findElement(By.id("retry")).click();
            page.shows("#retry-result", "Out of reach: ");
        } finally {
            SharedGrid.postgres().startAgain();
        }

        browser.driver().findElement(By.id("retry")).click();
        page.shows("#retry-result", "delivered");
        page.shows("#database-rows tr[data-database=karachi_db][data-reachable=true]", "Nothing waits");
        browser.driver().findElement(By.id("log-all")).click();
        page.shows("#log[data-shown=All] tr[data-status=Success]", "karachi_db");
    }

    @Test
    void withoutAnyNodeThePageSaysThatNobodySellsFromHere() {
        try (WebApp alone = WebApp.open("127.0.0.1:" + FreePorts.row(1))) {
            browser.driver().get(alone.uri("/grid").toString());
            page.shows(
                    "#headline[data-kind=bad]",
                    "No city can sell from here: no node of the grid answers. Start the grid");
        }
    }
}
