package io.citygrid.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.Chromium;
import io.citygrid.testing.PagePictures;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import io.citygrid.testing.WebApp;
import io.citygrid.testing.WebUsers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** People log in, see what is theirs and nothing else, and lose no sale when their session is over. Pictures lie in target. */
@ExtendWith({SharedGrid.class, Chromium.class})
class LoginPageIT {
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(20);

    private static WebApp app;
    private static Chromium browser;
    private static PagePictures pictures;

    private final Shop shop = SharedGrid.shop();

    @BeforeAll
    static void start() {
        app = new WebApp(SharedGrid.grid().addresses());
        browser = Chromium.start();
        pictures = new PagePictures(browser, "logins");
    }

    @AfterAll
    static void stop() {
        browser.close();
        app.close();
    }

    @BeforeEach
    void nobodyIsLoggedIn() {
        page().get(app.uri("/css/base.css").toString());
        page().manage().deleteAllCookies();
    }

    private static ChromeDriver page() {
        return browser.driver();
    }

    private static WebElement shown(String selector) {
        return new WebDriverWait(page(), SHOWN_WITHIN)
                .until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)));
    }

    private static List<String> navigation() {
        return page().findElements(By.cssSelector(".bar nav a")).stream()
                .map(WebElement::getText)
                .toList();
    }

    @Test
    void aCashierLogsInByKeyboardSellsAndIsNotShownTheRest() {
        StoreKey karachi = shop.store(Shop.KARACHI);
        StoreKey lahore = shop.store(Shop.LAHORE);
        int tea = shop.product("47.00");
        shop.stock(karachi, tea, 5);

        page().get(app.uri("/orders").toString());
        assertThat(navigation()).isEmpty();
        awaitFocus("name");
        pictures.take("login");
        page().switchTo().activeElement().sendKeys(WebUsers.KARACHI, Keys.TAB, "a wrong one", Keys.ENTER);
        assertThat(shown("#message").getText()).isEqualTo("The name or the password is wrong.");
        awaitFocus("password");
        pictures.take("login-refused");
        page().switchTo().activeElement().sendKeys(WebUsers.password(WebUsers.KARACHI), Keys.ENTER);

        assertThat(shown("#visitor").getText()).isEqualTo(WebUsers.KARACHI);
        assertThat(page().getCurrentUrl()).as("where they wanted to").endsWith("/orders");
        assertThat(navigation()).containsExactly("Register", "Receipts");
        page().get(app.uri("/grid").toString());
        assertThat(shown("h1").getText()).isEqualTo("This is not for you");
        pictures.take("forbidden");

        page().get(app.uri("/").toString());
        shown("#store option[value='" + karachi.storeId() + "']");
        assertThat(page().findElements(By.cssSelector("#store option[value='" + lahore.storeId() + "']")))
                .isEmpty();
        new Select(page().findElement(By.id("store"))).selectByValue(String.valueOf(karachi.storeId()));
        scan(tea);
        pictures.take("register-of-a-store");
        page().switchTo().activeElement().sendKeys(Keys.F9);
        shown("#receipt-dialog");
        page().switchTo().activeElement().sendKeys(Keys.ENTER);
        sellAcrossTheEndOfTheSession(karachi, tea);

        page().findElement(By.id("log-out")).click();
        assertThat(shown("#message").getText()).isEqualTo("You are logged out.");
        page().get(app.uri("/").toString());
        assertThat(page().getCurrentUrl()).contains("/login");
    }

    /** The session ends under a basket: the sale waits, and goes on by itself once somebody has logged in in another tab. */
    private void sellAcrossTheEndOfTheSession(StoreKey karachi, int tea) {
        scan(tea);
        page().manage().deleteCookieNamed("citygrid-session");
        page().switchTo().activeElement().sendKeys(Keys.F9);
        new WebDriverWait(page(), SHOWN_WITHIN)
                .until(ExpectedConditions.textToBePresentInElementLocated(By.id("waiting-text"), "You are logged out"));
        pictures.take("logged-out-in-a-sale");
        assertThat(shop.onHand(karachi, tea)).isEqualTo(4);

        String register = page().getWindowHandle();
        page().switchTo().newWindow(WindowType.TAB);
        browser.logIn(app, WebUsers.KARACHI);
        page().close();
        page().switchTo().window(register);

        shown("#receipt-dialog");
        assertThat(shop.onHand(karachi, tea)).isEqualTo(3);
        page().switchTo().activeElement().sendKeys(Keys.ENTER);
    }

    /** A browser puts the cursor where the page wants it some time after the page is there. */
    private static void awaitFocus(String id) {
        new WebDriverWait(page(), SHOWN_WITHIN)
                .until(browser -> id.equals(browser.switchTo().activeElement().getDomAttribute("id")));
    }

    private static void scan(int product) {
        page().findElement(By.id("scan")).sendKeys("SKU" + product, Keys.ENTER);
        shown("#basket-lines tr[data-product-id='" + product + "']");
    }

    @Test
    void anOperatorSeesWhoDidWhatAsTextWhateverTheyCalledThemselves() {
        String stranger = "<img src=x onerror=alert(1)>";
        app.as(stranger, "x").get("/api/cities");
        app.as(WebUsers.KARACHI).get("/api/grid");
        browser.logIn(app, WebUsers.OPS);

        assertThat(navigation()).containsExactly("Grid", "Audit");
        page().get(app.uri("/audit").toString());
        shown("#event-rows tr[data-action=login][data-outcome=REFUSED]");
        new WebDriverWait(page(), SHOWN_WITHIN)
                .ignoring(StaleElementReferenceException.class)
                .until(browser -> List.of(stranger, WebUsers.KARACHI).stream()
                        .allMatch(browser.findElement(By.id("event-rows")).getText()::contains));
        assertThat(page().findElements(By.cssSelector("#event-rows img"))).isEmpty();
        pictures.take("audit");

        page().findElement(By.id("user")).sendKeys("KARACHI");
        page().findElement(By.cssSelector("input[value=REFUSED]")).click();
        shown("#events[data-shown='REFUSED/KARACHI']");
        // At once, because the page makes its rows anew every few seconds.
        Object rows = page().executeScript(
                        "return [...document.querySelectorAll('#event-rows tr')].map(row => row.innerText)");
        assertThat((List<?>) rows).isNotEmpty().allSatisfy(row -> assertThat(String.valueOf(row))
                .contains(WebUsers.KARACHI, "refused"));
    }
}
