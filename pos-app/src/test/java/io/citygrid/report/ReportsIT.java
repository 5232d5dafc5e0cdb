package io.citygrid.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.Chromium;
import io.citygrid.testing.HttpCaller.Answer;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import io.citygrid.testing.WebApp;
import io.citygrid.testing.WebUsers;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.JsonNode;

/** Reports over REST and on the dashboard are about what was just sold. */
@ExtendWith(Chromium.class)
@ExtendWith(SharedGrid.class)
class ReportsIT {
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(60);

    private static WebApp app;
    private static Chromium browser;

    private final Shop shop = SharedGrid.shop();

    @BeforeAll
    static void start() {
        app = new WebApp(SharedGrid.grid().addresses());
        browser = Chromium.start();
        browser.logIn(app, WebUsers.ANALYST);
    }

    @AfterAll
    static void stop() {
        browser.close();
        app.close();
    }

    @Test
    void salesAreSummedByWhateverIsAsked() {
        StoreKey karachi = shop.store(Shop.KARACHI);
        StoreKey lahore = shop.store(Shop.LAHORE);
        int tea = shop.product("3.05");
        shop.stock(karachi, tea, 100);
        shop.stock(lahore, tea, 100);
        for (int i = 0; i < 3; i++) {
            shop.sold(Shop.basket(karachi, Shop.line(tea, 2)));
        }
        shop.sold(Shop.basket(lahore, Shop.line(tea, 1)));

        String today = "&from=" + LocalDate.now() + "&to=" + LocalDate.now();
        Awaitility.await("the sums have both stores")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    assertRow(report("by=store" + today), karachi.storeId(), 3, 6, "18.30");
                    assertRow(report("by=store" + today), lahore.storeId(), 1, 1, "3.05");
                });
        Awaitility.await("an answer about products that is not shared with an earlier question")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertRow(report("by=product"), tea, 4, 7, "21.35"));
        assertRow(report("by=product&cityId=2"), tea, 1, 1, "3.05");
        assertRow(report("by=product" + today), tea, 4, 7, "21.35");
        assertThat(report("by=product&to=" + LocalDate.now().minusDays(1)).path("rows"))
                .isEmpty();
        assertThat(report("by=store&cityId=2").path("rows"))
                .noneMatch(row -> row.path("key").asInt() == karachi.storeId());

        JsonNode byCity = report("by=city");
        for (String by : List.of("store", "category", "product", "day")) {
            JsonNode other = report("by=" + by);
            assertThat(other.path("total").decimalValue())
                    .as(by)
                    .isEqualByComparingTo(byCity.path("total").decimalValue());
            assertThat(other.path("orders").asLong())
                    .as(by)
                    .isEqualTo(byCity.path("orders").asLong());
            assertThat(other.path("units").asLong())
                    .as(by)
                    .isEqualTo(byCity.path("units").asLong());
        }
        assertThat(report("by=day").path("rows").path(0).path("key").asString())
                .isEqualTo(LocalDate.now().toString());

        Answer csv = app.get("/api/reports/sales.csv?by=store");
        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.header("Content-Disposition")).contains("sales-by-store.csv");
        assertThat(csv.response().body().lines())
                .startsWith("key,name,orders,units,revenue")
                .anyMatch(line -> line.startsWith(karachi.storeId() + ",") && line.endsWith(",3,6,18.30"));
    }

    private static JsonNode report(String question) {
        Answer answer = app.get("/api/reports/sales?" + question);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private static void assertRow(JsonNode report, int key, long orders, long units, String revenue) {
        assertThat(report.path("rows"))
                .filteredOn(row -> row.path("key").asInt() == key)
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.path("name").asString()).isNotBlank();
                    assertThat(row.path("orders").asLong()).isEqualTo(orders);
                    assertThat(row.path("units").asLong()).isEqualTo(units);
                    assertThat(row.path("revenue").decimalValue()).isEqualByComparingTo(new BigDecimal(revenue));
                });
    }

    @Test
    void whatCannotBeAskedIsRefusedInWords() {
        for (String wrong : List.of(
                "",
                "by=planet",
                "by=day&from=yesterday",
                "by=day&from=2026-02-02&to=2026-01-01",
                "by=city&cityId=63",
                "by=city&cityId=-1",
                "by=city&cityId=x")) {
            Answer answer = app.get("/api/reports/sales?" + wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(400);
            assertThat(answer.code()).as(wrong).isEqualTo("malformed-request");
        }
        assertThat(app.get("/api/reports/low-stock?below=0").status()).isEqualTo(400);
    }

    @Test
    void theDashboardShowsWhatTheInterfaceSays() throws IOException {
        StoreKey store = shop.store(Shop.KARACHI);
        int tea = shop.product("10.00");
        shop.stock(store, tea, 8);
        shop.sold(Shop.basket(store, Shop.line(tea, 5)));
        Awaitility.await("the sums have the sale")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertRow(report("by=store"), store.storeId(), 1, 5, "50.00"));

        browser.driver().get(app.uri("/dashboard").toString());
        JsonNode today = report("by=city&from=" + LocalDate.now() + "&to=" + LocalDate.now());
        waitFor("#figures[data-round]");
        assertThat(text("revenue").replace(",", ""))
                .isEqualTo(today.path("total").decimalValue().toPlainString());
        assertThat(text("receipts").replace(",", ""))
                .isEqualTo(today.path("orders").asString());
        assertThat(text("units").replace(",", "")).isEqualTo(today.path("units").asString());
        assertThat(text("low-rows")).contains("3");
        for (String chart : List.of("days", "cities", "stores", "categories")) {
            assertThat(coloured(chart)).as("pixels drawn in " + chart).isPositive();
        }
        assertThat(loadedFromElsewhere()).isEmpty();

        shop.sold(Shop.basket(store, Shop.line(tea, 1)));
        String more =
                today.path("total").decimalValue().add(new BigDecimal("10.00")).toPlainString();
        new WebDriverWait(browser.driver(), SHOWN_WITHIN)
                .withMessage("the new sale is shown")
                .until(page -> text("revenue").replace(",", "").equals(more));

        browser.driver().findElement(By.cssSelector("#city option[value='2']")).click();
        String lahore = report("by=city&cityId=2&from=" + LocalDate.now() + "&to=" + LocalDate.now())
                .path("total")
                .decimalValue()
                .setScale(2)
                .toPlainString();
        new WebDriverWait(browser.driver(), SHOWN_WITHIN)
                .withMessage("one city's sales are shown")
                .until(page -> text("revenue").replace(",", "").equals(lahore));
        Files.write(Path.of("target", "dashboard.png"), browser.driver().getScreenshotAs(OutputType.BYTES));
    }

    private static void waitFor(String selector) {
        new WebDriverWait(browser.driver(), SHOWN_WITHIN)
                .withMessage(selector)
                .until(page -> !page.findElements(By.cssSelector(selector)).isEmpty());
    }

    private static String text(String id) {
        return browser.driver().findElement(By.id(id)).getText();
    }

    /** Pixels of a chart that are not transparent. */
    private static long coloured(String canvas) {
        return (Long) ((JavascriptExecutor) browser.driver())
                .executeScript(
                        "const c = document.getElementById(arguments[0]);"
                                + "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
                                + ".filter((v, at) => at % 4 === 3 && v > 0).length",
                        canvas);
    }

    private static List<?> loadedFromElsewhere() {
        return (List<?>) ((JavascriptExecutor) browser.driver())
                .executeScript("return performance.getEntriesByType('resource').map(r => r.name)"
                        + ".filter(name => !name.startsWith(location.origin))");
    }
}
