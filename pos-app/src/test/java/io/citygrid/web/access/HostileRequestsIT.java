package io.citygrid.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.HttpCaller;
import io.citygrid.testing.HttpCaller.Answer;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import io.citygrid.testing.WebApp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** What attackers send: refused with the right status, nothing stored, nothing leaked, by the administrator's login too. */
@ExtendWith(SharedGrid.class)
class HostileRequestsIT {
    private static final List<String> HOSTILE = List.of(
            "' OR 1=1 --",
            "1; DROP TABLE orders; --",
            "1 UNION SELECT phone FROM customer_contacts",
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "${7*7}",
            "[[${7*7}]]",
            "__${T(java.lang.Runtime).getRuntime()}__::.x",
            "#{7*7}",
            "${jndi:ldap://127.0.0.1/x}",
            "../../../../etc/passwd",
            "x\u0000y",
            "x\r\nSet-Cookie: a=b",
            "x".repeat(5_000));

    /** What no answer may show: how it is made, where it lies, what went wrong inside. */
    private static final List<String> INSIDES = List.of(
            "xception",
            "io.citygrid",
            "springframework",
            "java.",
            "jackson",
            "thymeleaf",
            "calcite",
            "ignite",
            "/tmp/",
            "at org.",
            "SELECT ",
            "root:",
            "Apache Tomcat");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static WebApp app;

    private final Shop shop = SharedGrid.shop();
    private StoreKey store;
    private int tea;

    @BeforeAll
    static void start() {
        app = new WebApp(SharedGrid.grid().addresses());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @BeforeEach
    void aStoreThatSells() {
        store = shop.store(Shop.KARACHI);
        tea = shop.product("47.00");
        shop.stock(store, tea, 50);
    }

    /** Order, with one member as {@code value} instead of what it should be. */
    private String order(String member, String value) {
        String body =
                """
                {"orderId":"%s","storeId":%d,"customerId":null,"items":[{"productId":%d,"quantity":1}],
                 "payment":{"method":"CASH","tendered":500.00}}"""
                        .formatted(UUID.randomUUID(), store.storeId(), tea);
        return body.replaceFirst(
                "\"" + member + "\":(\"[^\"]*\"|[0-9.]+|null)",
                "\"" + member + "\":" + value.replace("\\", "\\\\").replace("$", "\\$"));
    }

    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    @Test
    void noMemberOfABodyTakesWhatIsNotOfItsKind() {
        SoftAssertions all = new SoftAssertions();
        nothingIsStored(() -> {
            for (String member :
                    List.of("orderId", "storeId", "customerId", "productId", "quantity", "method", "tendered")) {
                for (String hostile : HOSTILE) {
                    refused(
                            all,
                            "order." + member,
                            hostile,
                            app.post("/api/orders", order(member, quoted(hostile))),
                            400);
                }
            }
            String path = "/api/stores/" + store.storeId() + "/inventory";
            for (String member : List.of("movementId", "productId", "delta", "reason")) {
                String body =
                        "{\"movementId\":null,\"productId\":%d,\"delta\":5,\"reason\":\"RECEIVED\"}".formatted(tea);
                for (String hostile : HOSTILE) {
                    String changed = body.replaceFirst(
                            "\"" + member + "\":(\"[^\"]*\"|[0-9]+|null)",
                            "\"" + member + "\":"
                                    + quoted(hostile).replace("\\", "\\\\").replace("$", "\\$"));
                    refused(all, "movement." + member, hostile, app.post(path, changed), 400);
                }
            }
            return null;
        });
        all.assertAll();
    }

    @Test
    void noParameterBecomesSqlOrATemplate() {
        SoftAssertions all = new SoftAssertions();
        nothingIsStored(() -> {
            for (String hostile : HOSTILE) {
                String text = URLEncoder.encode(hostile, StandardCharsets.UTF_8);
                int tooLong = hostile.length() > 100 ? 400 : 200;
                for (String search : List.of(
                        "/api/products?query=",
                        "/api/customers?query=",
                        "/api/stores/" + store.storeId() + "/inventory?query=",
                        "/api/audit?user=")) {
                    Answer found = app.get(search + text);
                    all.assertThat(found.status()).as(search + hostile).isEqualTo(tooLong);
                    if (found.status() == 200) {
                        all.assertThat(found.body()).as(search + hostile).isEqualTo("[]");
                    }
                }
                for (String strict : List.of(
                        "/api/stores?cityId=",
                        "/api/products?limit=",
                        "/api/customers?cityId=",
                        "/api/stores/" + store.storeId() + "/inventory?productId=",
                        "/api/reports/sales?by=",
                        "/api/reports/sales?by=city&from=",
                        "/api/reports/sales.csv?by=store&cityId=",
                        "/api/reports/low-stock?below=",
                        "/api/replication?status=",
                        "/api/audit?outcome=")) {
                    refused(all, strict, hostile, app.get(strict + text), 400);
                }
            }
            return null;
        });
        all.assertAll();
    }

    @Test
    void theLoginPageShowsWhatWasTypedAsTextAndNothingElse() {
        SoftAssertions all = new SoftAssertions();
        for (String hostile : HOSTILE.subList(0, 12)) {
            HttpCaller stranger = app.nobody();
            String html = stranger.get("/login?back=" + URLEncoder.encode(hostile, StandardCharsets.UTF_8))
                    .body();
            int at = html.indexOf("name=\"_csrf\" value=\"") + 20;
            String fields = "_csrf=" + html.substring(at, html.indexOf('"', at)) + "&password=x&name="
                    + URLEncoder.encode(hostile, StandardCharsets.UTF_8);
            String answer = stranger.send("POST", "/login", "application/x-www-form-urlencoded", fields)
                    .body();
            for (String page : List.of(html, answer)) {
                all.assertThat(page)
                        .as(hostile)
                        .doesNotContain("<script>alert", "<img src=x", "value=\"49\"", "[[49]]");
                clean(all, hostile, page);
            }
        }
        all.assertAll();
    }

    @Test
    void numbersOutOfRangeAreRefusedAndMeanNothingElse() {
        nothingIsStored(() -> {
            assertProblem(app.post("/api/orders", order("quantity", "-1")), 422, "invalid-basket");
            assertProblem(app.post("/api/orders", order("quantity", "0")), 422, "invalid-basket");
            assertProblem(app.post("/api/orders", order("quantity", "2147483647")), 422, "invalid-basket");
            assertProblem(app.post("/api/orders", order("productId", "-5")), 422, "unknown-product");
            assertProblem(app.post("/api/orders", order("storeId", "-1")), 422, "unknown-store");
            assertProblem(app.post("/api/orders", order("customerId", "-7")), 422, "unknown-customer");
            assertProblem(app.post("/api/orders", order("tendered", "-500")), 400, "malformed-request");
            assertProblem(app.post("/api/orders", order("tendered", "1e400")), 400, "malformed-request");
            assertProblem(app.post("/api/orders", order("quantity", "99999999999")), 400, "malformed-request");
            String path = "/api/stores/" + store.storeId() + "/inventory";
            String movement = "{\"productId\":" + tea + ",\"delta\":%s,\"reason\":\"RECEIVED\"}";
            assertProblem(app.post(path, movement.formatted("-2147483648")), 422, "invalid-movement");
            assertProblem(app.post(path, movement.formatted("0")), 422, "invalid-movement");
            assertProblem(app.post("/api/stores/-1/inventory", movement.formatted("5")), 404, "unknown-store");
            assertProblem(app.get("/api/stores/99999999999/inventory"), 400, "malformed-request");
            return null;
        });
    }

    @Test
    void bodiesThatAreTooMuchOrNoJsonAreRefused() {
        String deep = "[".repeat(2_000) + "]".repeat(2_000);
        String lines = Stream.generate(() -> "{\"productId\":1,\"quantity\":1}")
                .limit(5_000)
                .collect(Collectors.joining(","));
        nothingIsStored(() -> {
            assertProblem(
                    app.post("/api/orders", "{\"note\":\"" + "x".repeat(2 << 20) + "\"}"), 400, "malformed-request");
            assertProblem(app.post("/api/orders", "{\"items\":" + deep + "}"), 400, "malformed-request");
            assertProblem(
                    app.post(
                            "/api/orders",
                            order("quantity", "1").replaceFirst("\\{\"productId\":\\d+,\"quantity\":1\\}", lines)),
                    422,
                    "invalid-basket");
            assertProblem(app.post("/api/orders", "\u00ff\u00fe\u0000{}"), 400, "malformed-request");
            assertProblem(
                    app.send(
                            "POST",
                            "/api/orders",
                            "application/xml",
                            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>"),
                    415,
                    "unsupported-media-type");
            assertProblem(
                    app.send("POST", "/api/orders", "application/x-www-form-urlencoded", "orderId=1&storeId=1"),
                    415,
                    "unsupported-media-type");
            assertProblem(
                    app.send("DELETE", "/api/orders/" + UUID.randomUUID(), "application/json", ""),
                    405,
                    "method-not-allowed");
            return null;
        });
        HttpCaller stranger = app.nobody();
        Answer form =
                stranger.send("POST", "/login", "application/x-www-form-urlencoded", "name=" + "x".repeat(1 << 20));
        assertThat(form.status()).isIn(302, 400, 413);
    }

    @Test
    void anAddressThatCanBeReadInTwoWaysLeadsNowhere() throws IOException {
        SoftAssertions all = new SoftAssertions();
        for (String path : List.of(
                "/css/../api/grid",
                "/css/%2e%2e/api/grid",
                "/css/..%2fapi/grid",
                "/css/..;/api/grid",
                "/login;/../api/grid",
                "//api/grid",
                "/api//grid",
                "/api/grid/",
                "/api/grid;x=1",
                "/API/grid",
                "/api/%67rid%00",
                "/actuator/health/../prometheus",
                "/actuator/health/..;/prometheus",
                "/actuator/..%2fapi/grid",
                "/webjars/../application.properties",
                "/js/..%2f..%2fapplication.properties",
                "/css/%252e%252e/application.properties",
                "/WEB-INF/web.xml",
                "/api/orders/..%5c..%5cgrid")) {
            String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            all.assertThat(answer).as(path).matches("(?s)HTTP/1.1 (302|400|401|403|404) .*");
            all.assertThat(answer).as(path).doesNotContain("\"nodes\"", "citygrid_", "citygrid.grid.addresses");
            clean(all, path, answer);
        }
        all.assertAll();
    }

    @Test
    void oddRequestsOfTheProtocolGetAPlainRefusal() throws IOException {
        SoftAssertions all = new SoftAssertions();
        for (String request : List.of(
                "TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(40_000) + "\r\nConnection: close\r\n\r\n",
                "GET /<x> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "POST /api/orders HTTP/1.1\r\n"
                        + "Host: x\r\n"
                        + "Content-Length: 5\r\n"
                        + "Transfer-Encoding: chunked\r\n"
                        + "Connection: close\r\n\r\n"
                        + "0\r\n\r\n",
                "POST /api/orders HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
                "GET /api/cities HTTP/1.1\r\nHost: x\r\nAuthorization: Basic !!!\r\nConnection: close\r\n\r\n",
                "GET /api/cities HTTP/1.1\r\nHost: x\r\nAuthorization: Basic " + "QUFB".repeat(2_000)
                        + "\r\nConnection: close\r\n\r\n",
                "nonsense\r\n\r\n")) {
            String answer = raw(request);
            String shown = request.substring(0, Math.min(60, request.length()));
            all.assertThat(answer).as(shown).matches("(?s)HTTP/1.1 (302|400|401|403|405|431) .*");
            clean(all, shown, answer);
        }
        all.assertThat(raw("GET /grid HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .as("a redirect does not follow the host that a request names")
                .contains("Location: /login")
                .doesNotContain("evil.example");
        all.assertAll();
    }

    @Test
    void cardNumbersComeInNowhereAreNotKeptAndAreNotLogged() throws IOException {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        said.start();
        root.addAppender(said);
        String card = "4111 1111 1111 1111";
        try {
            nothingIsStored(() -> {
                for (String body : List.of(
                        order("method", "\"CARD\",\"reference\":\"" + card + "\""),
                        order("method", "\"CARD\",\"number\":4111111111111111"),
                        order("method", quoted("4111-1111-1111-1111")),
                        order("tendered", "4111111111111111"),
                        order("customerId", "null,\"note\":\"paid with " + card + " by Asma\""),
                        order("customerId", "null,\"more\":[{\"deep\":[\"5555555555554444\"]}]"),
                        order("customerId", "null,\"378282246310005\":true"))) {
                    assertProblem(app.post("/api/orders", body), 422, "card-number-refused");
                }
                assertProblem(
                        app.post("/api/stores/" + store.storeId() + "/inventory", "{\"reason\":\"" + card + "\"}"),
                        422,
                        "card-number-refused");
                return null;
            });
            app.as("4111111111111111", "x").get("/api/cities");
            app.get("/api/orders/4111111111111111");
        } finally {
            root.detachAppender(said);
        }
        assertThat(said.list).noneMatch(event -> event.getFormattedMessage().contains("1111111"));
        await().untilAsserted(() -> {
            try (Stream<Path> logs = Files.list(app.auditFolder())) {
                assertThat(logs).isNotEmpty().allSatisfy(log -> assertThat(Files.readString(log))
                        .contains("[card number]")
                        .doesNotContain("1111111", "1111 1111"));
            }
        });
        assertThat(app.post("/api/orders", order("customerId", "null,\"reference\":\"**** 1111, approval 004711\""))
                        .status())
                .as("last four and an approval are no card number")
                .isIn(200, 201);
    }

    private <T> void nothingIsStored(Supplier<T> attack) {
        String before = books();
        var unused = attack.get();
        assertThat(books()).isEqualTo(before);
    }

    private static String books() {
        return Stream.of(
                        "COUNT(*) FROM orders",
                        "COUNT(*), SUM(quantity) FROM order_items",
                        "COUNT(*), SUM(amount) FROM payments",
                        "COUNT(*), SUM(quantity), SUM(version) FROM inventory",
                        "COUNT(*) FROM order_mapping",
                        "COUNT(*) FROM stores",
                        "COUNT(*) FROM products",
                        "COUNT(*) FROM customers")
                .map(question -> question + " " + SharedGrid.client().query("SELECT " + question))
                .collect(Collectors.joining("\n"));
    }

    private static void refused(SoftAssertions all, String where, String hostile, Answer answer, int status) {
        String what = where + " = " + hostile.substring(0, Math.min(60, hostile.length()));
        all.assertThat(answer.status()).as(what).isEqualTo(status);
        all.assertThat(answer.header("Content-Type")).as(what).isEqualTo("application/problem+json");
        all.assertThat(answer.body()).as(what).doesNotContain(hostile);
        all.assertThat(answer.header("Set-Cookie")).as(what).isEmpty();
        clean(all, what, answer.body());
    }

    private static void clean(SoftAssertions all, String what, String answer) {
        INSIDES.stream()
                .filter(inside -> !what.contains(inside))
                .forEach(inside -> all.assertThat(answer).as(what).doesNotContain(inside));
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body()).doesNotContain("xception", "io.citygrid");
    }

    /** As it stands: clients would tidy it up. */
    private static String raw(String request) throws IOException {
        URI address = app.uri("/");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (SocketException reset) {
                // A server that has refused does not read the rest, and the system resets the connection.
                assertThat(answer.size()).as("answered before the reset").isPositive();
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
