package io.citygrid.order.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.Chromium;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import io.citygrid.testing.WebApp;
import io.citygrid.testing.WebUsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** A cashier sells with the register page: scans, takes money, hands out receipts, and is told plainly what goes wrong. */
@ExtendWith(Chromium.class)
@ExtendWith(SharedGrid.class)
class RegisterPageIT {
    private static WebApp app;
    private static Chromium browser;

    private final Shop shop = SharedGrid.shop();
    private StoreKey store;
    private int tea;
    private int sugar;
    private RegisterPage register;

    @BeforeAll
    static void start() {
        app = new WebApp(SharedGrid.grid().addresses(), LostAnswers.class);
        browser = Chromium.start();
        browser.logIn(app, WebUsers.ADMIN);
    }

    @AfterAll
    static void stop() {
        browser.close();
        app.close();
    }

    @BeforeEach
    void openTheRegister() {
        store = shop.store(Shop.KARACHI);
        tea = shop.product("47.00");
        sugar = shop.product("120.50");
        shop.stock(store, tea, 10);
        shop.stock(store, sugar, 3);
        LostAnswers.STILL_TO_LOSE.set(0);
        register = new RegisterPage(browser.driver(), app).open(store);
    }

    @Test
    void twoProductsAreSoldByKeyboardAndTheOrderIsFoundByItsId() {
        register.scan("2*SKU" + tea, tea, 2).scan("sku" + sugar, sugar, 1);
        assertThat(register.text("total")).isEqualTo("214.50");

        register.type(Keys.F4).awaitShown("tendered").type("500").type(Keys.ENTER);

        assertThat(register.text("change-due")).isEqualTo("285.50");
        assertThat(register.text("receipt-total")).isEqualTo("214.50");
        assertThat(register.text("receipt-no")).isEqualTo("1");
        assertThat(register.text("receipt-items")).contains("Tea no. " + tea, "2 × 47.00", "Tea no. " + sugar);
        assertThat(shop.onHand(store, tea)).isEqualTo(8);

        String orderId = register.text("receipt-order-id");
        register.type(Keys.ENTER);
        assertThat(register.focused()).isEqualTo("scan");

        browser.driver().get(app.uri("/orders").toString());
        register.type(orderId, Keys.ENTER);
        assertThat(register.text("receipt-order-id")).isEqualTo(orderId);
        assertThat(register.text("receipt-total")).isEqualTo("214.50");
        assertThat(app.get("/api/orders/" + orderId).json().path("orderNo").asLong())
                .isEqualTo(1);
    }

    @Test
    void whatIsOutOfStockIsNamedAndTheRestCanBeSold() {
        register.scan("5*SKU" + sugar, sugar, 5).type(Keys.F9);

        assertThat(register.text("shortages")).isEqualTo("Tea no. " + sugar + " 5 3");
        assertThat(shop.onHand(store, sugar)).isEqualTo(3);

        register.type(Keys.ENTER);
        assertThat(register.text("total")).isEqualTo("361.50");
        register.type(Keys.F9);
        assertThat(register.text("receipt-items")).contains("3 × 120.50");
        assertThat(shop.onHand(store, sugar)).isZero();
    }

    @Test
    void anAnswerThatIsLostIsAskedForAgainWithTheSameIdAndNothingIsSoldTwice() {
        LostAnswers.STILL_TO_LOSE.set(2);
        register.scan("SKU" + tea, tea, 1).type(Keys.F9);

        assertThat(register.text("waiting-text")).contains("may have gone through", "same number");
        String asked = register.text("waiting-order-id");
        assertThat(register.text("receipt-order-id")).isEqualTo(asked);
        assertThat(shop.onHand(store, tea)).isEqualTo(9);
    }

    @Test
    void aPaymentWithoutAnswerIsTakenUpAgainAfterAReload() {
        LostAnswers.STILL_TO_LOSE.set(Integer.MAX_VALUE);
        register.scan("SKU" + tea, tea, 1).type(Keys.F9);
        assertThat(register.text("waiting-text")).contains("may have gone through");
        String asked = register.text("waiting-order-id");

        LostAnswers.STILL_TO_LOSE.set(0);
        browser.driver().navigate().refresh();

        assertThat(register.text("receipt-order-id")).isEqualTo(asked);
        assertThat(shop.onHand(store, tea)).isEqualTo(9);
        register.type(Keys.ENTER);
        assertThat(browser.driver().findElements(By.cssSelector("#basket-lines tr")))
                .isEmpty();
    }

    @Test
    void wordsFindProductsAndArrowKeysChooseAndCount() {
        register.type("tea no. " + tea);
        assertThat(register.text("matches")).contains("Tea no. " + tea);
        register.type(Keys.ENTER);
        register.scan("SKU" + sugar, sugar, 1)
                .type(Keys.ARROW_UP)
                .type("+")
                .type("+")
                .type(Keys.ARROW_DOWN)
                .type(Keys.DELETE);

        assertThat(register.text("total")).isEqualTo("141.00");
        assertThat(register.text("units")).isEqualTo("3 items");
    }

    @Test
    void whilePostgresIsAwayTheReceiptSaysThatItFollows() {
        register.scan("SKU" + tea, tea, 1).type(Keys.F9);
        assertThat(register.text("receipt-no")).isEqualTo("1");
        assertThat(register.isShown("sold-queued")).isFalse();
        register.type(Keys.ENTER);

        SharedGrid.postgres().killAbruptly();
        try {
            register.scan("2*SKU" + tea, tea, 2).type(Keys.F9);
            assertThat(register.text("receipt-no")).isEqualTo("2");
            assertThat(register.text("sold-queued")).isEqualTo("Saved in the grid; PostgreSQL follows");
        } finally {
            SharedGrid.postgres().startAgain();
        }
    }
}
