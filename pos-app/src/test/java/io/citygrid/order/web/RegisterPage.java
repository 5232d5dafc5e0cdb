package io.citygrid.order.web;

import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.WebApp;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The register as its cashier uses it: by keyboard, but for choosing the store. */
final class RegisterPage {
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(20);

    private final WebDriver browser;
    private final WebApp app;

    RegisterPage(WebDriver browser, WebApp app) {
        this.browser = browser;
        this.app = app;
    }

    RegisterPage open(StoreKey store) {
        String value = String.valueOf(store.storeId());
        // The web application remembers its stores for a moment, and the page asks for them once.
        Awaitility.await("the web application knows the store")
                .atMost(SHOWN_WITHIN)
                .until(() ->
                        app.get("/api/stores").json().findValuesAsString("id").contains(value));
        browser.get(app.uri("/").toString());
        waiting()
                .until(ExpectedConditions.presenceOfElementLocated(
                        By.cssSelector("#store option[value='" + value + "']")));
        new Select(browser.findElement(By.id("store"))).selectByValue(value);
        return this;
    }

    /** Types into whatever has the focus. */
    RegisterPage type(CharSequence... keys) {
        WebElement focused = browser.switchTo().activeElement();
        focused.sendKeys(keys);
        return this;
    }

    /** Types a code and Enter, and waits until the basket has that many units of the product. */
    RegisterPage scan(String code, int productId, int units) {
        type(code, Keys.ENTER);
        waiting()
                .until(ExpectedConditions.presenceOfElementLocated(By.cssSelector(
                        "#basket-lines tr[data-product-id='" + productId + "'][data-quantity='" + units + "']")));
        return this;
    }

    /** The text of a part of the page, once it is there and not empty. */
    String text(String id) {
        return waiting().until(page -> {
            WebElement element = page.findElement(By.id(id));
            String text = element.isDisplayed() ? element.getText() : "";
            return text.isEmpty() ? null : text;
        });
    }

    RegisterPage awaitShown(String id) {
        waiting().until(ExpectedConditions.visibilityOfElementLocated(By.id(id)));
        return this;
    }

    boolean isShown(String id) {
        return browser.findElement(By.id(id)).isDisplayed();
    }

    String focused() {
        return browser.switchTo().activeElement().getDomAttribute("id");
    }

    private WebDriverWait waiting() {
        return new WebDriverWait(browser, SHOWN_WITHIN);
    }
}
