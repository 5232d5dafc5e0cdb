package io.citygrid.ops.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.testing.Chromium;
import java.time.Duration;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The grid page as an operator reads it. */
final class GridPage {
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(60);

    private final Chromium browser;

    GridPage(Chromium browser) {
        this.browser = browser;
    }

    /** Waits until a part of the page that {@code selector} finds has {@code text} in it. */
    void shows(String selector, String text) {
        new WebDriverWait(browser.driver(), SHOWN_WITHIN)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> text + " in " + selector + " of " + body())
                .until(page -> page.findElements(By.cssSelector(selector)).stream()
                        .map(WebElement::getText)
                        .anyMatch(shown -> shown.contains(text)));
    }

    /** Waits until the line at the top says {@code text} and nothing else. */
    void says(String kind, String text) {
        shows("#headline[data-kind=" + kind + "] #headline-text", text);
        assertThat(browser.driver().findElement(By.id("headline-text")).getText())
                .isEqualTo(text);
    }

    private String body() {
        return browser.driver().findElement(By.tagName("body")).getText();
    }
}
