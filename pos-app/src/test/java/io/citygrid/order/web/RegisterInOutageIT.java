package io.citygrid.order.web;

import static io.citygrid.testing.Shop.basket;
import static io.citygrid.testing.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.client.GridClient;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.Chromium;
import io.citygrid.testing.Invariants;
import io.citygrid.testing.Shop;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.WebApp;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;

/** A cashier sells while PostgreSQL is away: the receipt comes, and says what it is worth. */
@ExtendWith(Chromium.class)
class RegisterInOutageIT {
    /** A folder for pictures of the page, for whoever wants to look at it; usually none are taken. */
    private static final String PICTURES = "citygrid.test.pictures";

    @Test
    void theReceiptSaysThatPostgresFollows(@TempDir Path directory) throws Exception {
        try (TestPostgres postgres = new TestPostgres(directory);
                TestGrid grid = new TestGrid(directory, SurvivalGoal.BOTH, postgres.settings());
                GridClient client = grid.connect();
                WebApp app = new WebApp(grid.addresses());
                Chromium browser = Chromium.start()) {
            Shop shop = Shop.open(client);
            StoreKey store = shop.store(Shop.KARACHI);
            int tea = shop.product("47.00");
            shop.stock(store, tea, 10);
            shop.sold(basket(store, line(tea, 1)));
            RegisterPage register = new RegisterPage(browser.driver(), app).open(store);

            register.scan("SKU" + tea, tea, 1).type(Keys.F9);
            assertThat(register.text("receipt-no")).isEqualTo("2");
            assertThat(register.isShown("sold-queued")).isFalse();
            register.type(Keys.ENTER);

            postgres.killAbruptly();
            register.scan("2*SKU" + tea, tea, 2).type(Keys.F9);
            assertThat(register.text("receipt-no")).isEqualTo("3");
            assertThat(register.text("sold-queued")).isEqualTo("Saved in the grid; PostgreSQL follows");
            picture(browser, "queued");

            postgres.startAgain();
            new Invariants(grid, postgres).check();
        }
    }

    private static void picture(Chromium browser, String name) throws Exception {
        String folder = System.getProperty(PICTURES);
        if (folder != null) {
            Files.write(Path.of(folder).resolve(name + ".png"), browser.driver().getScreenshotAs(OutputType.BYTES));
        }
    }
}
