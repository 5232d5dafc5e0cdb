package io.citygrid.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.HttpCaller;
import io.citygrid.testing.HttpCaller.Answer;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import io.citygrid.testing.WebApp;
import io.citygrid.testing.WebUsers;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Who gets in by the web, and how far. */
@ExtendWith(SharedGrid.class)
class WebSecurityIT {
    private static final List<String> CALLERS =
            List.of("nobody", WebUsers.ADMIN, WebUsers.KARACHI, WebUsers.ANALYST, WebUsers.OPS, WebUsers.REPLICATOR);

    /** The status that each caller gets. KHI and LHR are a store of each city, SOLD-… an order of theirs. */
    private static final String TABLE =
            """
            request                                nobody  admin  karachi  analyst  ops  replicator
            GET /api/session                          401    200      200      200  200         200
            GET /api/cities                           401    200      200      200  403         403
            GET /api/stores                           401    200      200      403  403         403
            GET /api/products                         401    200      200      403  403         403
            GET /api/customers                        401    200      200      403  403         403
            GET /api/stores/KHI/inventory             401    200      200      403  403         403
            GET /api/stores/LHR/inventory             401    200      403      403  403         403
            POST /api/stores/KHI/inventory            401    200      403      403  403         403
            POST /api/orders+KHI                      401    201      201      403  403         403
            POST /api/orders+LHR                      401    201      403      403  403         403
            GET /api/orders/SOLD-KHI                  401    200      200      403  403         403
            GET /api/orders/SOLD-LHR                  401    200      403      403  403         403
            GET /api/reports/sales?by=city            401    200      403      200  403         403
            GET /api/reports/sales.csv?by=city        401    200      403      200  403         403
            GET /api/reports/low-stock                401    200      403      200  403         403
            GET /api/reports/business-day             401    200      403      200  403         403
            GET /api/grid                             401    200      403      403  200         403
            GET /api/backups                          401    200      403      403  200         403
            GET /api/replication                      401    200      403      403  200         403
            POST /api/replication/retry               401    200      403      403  200         403
            GET /api/audit                            401    200      403      403  200         403
            GET /api/nothing                          401    404      403      403  403         403
            PUT /api/orders                           401    405      405      403  403         403
            GET /actuator/health                      200    200      200      200  200         200
            GET /actuator/health/readiness            200    200      200      200  200         200
            GET /actuator/prometheus                  401    200      403      403  200         403
            GET /actuator/env                         401    404      403      403  403         403
            GET /                                     302    200      200      403  403         403
            GET /orders                               302    200      200      403  403         403
            GET /dashboard                            302    200      403      200  403         403
            GET /grid                                 302    200      403      403  200         403
            GET /audit                                302    200      403      403  200         403
            GET /nothing                              302    404      403      403  403         403
            GET /login                                200    302      302      302  302         200
            GET /css/base.css                         200    200      200      200  200         200
            """;

    private static WebApp app;

    private final Shop shop = SharedGrid.shop();

    @BeforeAll
    static void start() {
        app = new WebApp(SharedGrid.grid().addresses());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static String order(UUID id, StoreKey store, int product) {
        return "{\"orderId\":\"%s\",\"storeId\":%d,\"items\":[{\"productId\":%d,\"quantity\":1}]}"
                .formatted(id, store.storeId(), product);
    }

    @Test
    void everyRoleGetsExactlyWhatTheTableSays() {
        StoreKey karachi = shop.store(Shop.KARACHI);
        StoreKey lahore = shop.store(Shop.LAHORE);
        int tea = shop.product("47.00");
        shop.stock(karachi, tea, 100);
        shop.stock(lahore, tea, 100);
        UUID inKarachi = UUID.randomUUID();
        UUID inLahore = UUID.randomUUID();
        app.post("/api/orders", order(inKarachi, karachi, tea));
        app.post("/api/orders", order(inLahore, lahore, tea));

        Map<String, HttpCaller> callers = CALLERS.stream()
                .collect(Collectors.toMap(
                        Function.identity(), user -> user.equals("nobody") ? app.nobody() : app.as(user)));
        SoftAssertions cells = new SoftAssertions();
        TABLE.lines().skip(1).forEach(line -> {
            String[] words = line.strip().split("\\s+");
            String[] where = words[1].split("\\+");
            String path = where[0].replace("SOLD-KHI", inKarachi.toString())
                    .replace("SOLD-LHR", inLahore.toString())
                    .replace("KHI", String.valueOf(karachi.storeId()))
                    .replace("LHR", String.valueOf(lahore.storeId()));
            for (int at = 0; at < CALLERS.size(); at++) {
                String body = where.length > 1
                        ? order(UUID.randomUUID(), where[1].equals("KHI") ? karachi : lahore, tea)
                        : "{\"productId\":%d,\"delta\":1,\"reason\":\"RECEIVED\"}".formatted(tea);
                Answer answer = call(callers.get(CALLERS.get(at)), words[0], path, body);
                cells.assertThat(status(answer, words[0], path))
                        .as(words[0] + " " + words[1] + " as " + CALLERS.get(at))
                        .isEqualTo(Integer.parseInt(words[2 + at]));
                if (path.startsWith("/api") && (answer.status() == 401 || answer.status() == 403)) {
                    assertRefusal(cells, answer);
                }
            }
        });
        cells.assertAll();

        // The two before, the three of the table, and what the administrator received.
        assertThat(shop.onHand(karachi, tea)).isEqualTo(100 - 1 - 2 + 1);
        assertThat(shop.onHand(lahore, tea)).isEqualTo(100 - 1 - 1);
    }

    /** A sale of which the first answer was lost on the way is answered with 200. */
    private static int status(Answer answer, String method, String path) {
        return method.equals("POST") && path.equals("/api/orders") && answer.status() == 200 ? 201 : answer.status();
    }

    private static Answer call(HttpCaller client, String method, String path, String body) {
        return method.equals("GET") ? client.get(path) : client.send(method, path, "application/json", body);
    }

    private static void assertRefusal(SoftAssertions cells, Answer answer) {
        cells.assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        cells.assertThat(answer.code())
                .isIn(answer.status() == 401 ? List.of("not-logged-in") : List.of("forbidden", "forbidden-store"));
        cells.assertThat(answer.json().path("type").asString()).isEqualTo("urn:citygrid:problem:" + answer.code());
        cells.assertThat(answer.header("WWW-Authenticate").startsWith("Basic realm="))
                .isEqualTo(answer.status() == 401);
    }

    @Test
    void aRegisterSeesTheStoresOfItsCitiesAlone() {
        StoreKey karachi = shop.store(Shop.KARACHI);
        StoreKey lahore = shop.store(Shop.LAHORE);
        await().until(() -> app.get("/api/stores").body().contains("\"id\":" + lahore.storeId() + ","));

        JsonNode stores = app.as(WebUsers.KARACHI).get("/api/stores").json();

        assertThat(stores.findValuesAsString("cityId")).containsOnly("1");
        assertThat(stores.findValuesAsString("id")).contains(String.valueOf(karachi.storeId()));
        assertThat(app.as(WebUsers.KARACHI).get("/api/stores?cityId=2").json()).isEmpty();
    }

    @Test
    void aSessionIsNewAtEachLoginAndEndsWithTheLogout() {
        HttpCaller cashier = app.nobody();
        Answer planted = cashier.send(cashier.request("/login").header("Cookie", "citygrid-session=PLANTED0"));
        assertThat(planted.header("Set-Cookie")).doesNotContain("citygrid-session");

        Answer in = logIn(cashier, WebUsers.KARACHI, "/orders");
        String first = cashier.cookie("citygrid-session");
        assertThat(in.status()).isEqualTo(302);
        assertThat(in.header("Location")).endsWith("/orders");
        assertThat(in.response().headers().allValues("Set-Cookie").toString())
                .containsPattern("citygrid-session=[^;]+; Path=/; HttpOnly; SameSite=Lax")
                .doesNotContain("PLANTED");
        assertThat(cashier.get("/orders").body())
                .contains("Log out", WebUsers.KARACHI, ">Register<")
                .doesNotContain(">Grid<", ">Dashboard<", ">Audit<");

        logIn(cashier, WebUsers.KARACHI, "");
        assertThat(cashier.cookie("citygrid-session")).isNotEmpty().isNotEqualTo(first);
        assertThat(whoIs(first)).as("the session before").isEqualTo(401);
        String second = cashier.cookie("citygrid-session");
        assertThat(whoIs(second)).isEqualTo(200);

        Answer out = form(cashier, "/logout", "_csrf=" + token(cashier));
        assertThat(out.header("Location")).endsWith("/login?out");
        assertThat(whoIs(second)).as("after the logout").isEqualTo(401);
    }

    @Test
    void afterTheLoginOnlyPagesOfThisApplicationAreGoneTo() {
        for (String back :
                List.of("https://example.org/", "//example.org", "/orders/../grid", "/grid", "javascript:x")) {
            Answer in = logIn(app.nobody(), WebUsers.KARACHI, back);
            assertThat(in.header("Location")).as(back).isEqualTo("/");
        }
    }

    @Test
    void aSessionChangesNothingWithoutTheTokenOfItsPages() {
        StoreKey store = shop.store(Shop.KARACHI);
        int tea = shop.product("47.00");
        shop.stock(store, tea, 5);
        HttpCaller cashier = app.nobody();
        logIn(cashier, WebUsers.KARACHI, "");
        String body = order(UUID.randomUUID(), store, tea);

        Answer forged = cashier.post("/api/orders", body);
        Answer guessed = cashier.send(json(cashier, "/api/orders", body).header("X-XSRF-TOKEN", "guessed"));
        Answer loggedOut = form(cashier, "/logout", "");
        String token = cashier.get("/api/session").json().path("csrfToken").asString();
        Answer sold = cashier.send(json(cashier, "/api/orders", body).header("X-XSRF-TOKEN", token));

        assertProblem(forged, 403, "csrf-token-missing");
        assertProblem(guessed, 403, "csrf-token-missing");
        assertThat(loggedOut.status()).isEqualTo(403);
        assertThat(sold.status()).isIn(200, 201);
        assertThat(shop.onHand(store, tea)).isEqualTo(4);
    }

    @Test
    void aBrowserThatRemembersHttpBasicDoesNothingForOtherSites() {
        HttpCaller ops = app.as(WebUsers.OPS);

        assertProblem(
                ops.send(json(ops, "/api/replication/retry", "").header("Origin", "https://example.org")),
                403,
                "csrf-token-missing");
        assertThat(ops.send(json(ops, "/api/replication/retry", "")
                                .header("Origin", app.uri("").toString()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoIsTakenOutOfTheUsersFileIsOutOfTheirSessionToo() {
        HttpCaller cashier = app.nobody();
        logIn(cashier, WebUsers.KARACHI, "");
        try {
            app.replaceUsers(Map.of(WebUsers.KARACHI, "analyst", WebUsers.ADMIN, "central_admin"));
            await().until(() -> cashier.get("/api/stores").status() == 403);
            assertThat(cashier.get("/api/cities").status()).isEqualTo(200);

            app.replaceUsers(Map.of(WebUsers.ADMIN, "central_admin"));
            await().until(() -> cashier.get("/api/cities").status() == 401);
        } finally {
            app.restoreUsers();
        }
        await().until(() -> app.as(WebUsers.KARACHI).get("/api/cities").status() == 200);
        assertThat(cashier.get("/api/cities").status())
                .as("the session is over")
                .isEqualTo(401);
    }

    @Test
    void guessingIsSlowedDownAndHoldsUpNobodyWhoWasHereBefore() {
        assertThat(app.as(WebUsers.LAHORE).get("/api/cities").status()).isEqualTo(200);
        HttpCaller guesser = app.as(WebUsers.ANALYST, "guess");

        for (int guess = 0; guess < 5; guess++) {
            assertProblem(guesser.get("/api/cities"), 401, "not-logged-in");
        }
        // Each wrong guess doubles the wait, so that a slow machine meets it too.
        Answer slowed = await().until(() -> guesser.get("/api/cities"), answer -> answer.status() == 429);
        assertProblem(slowed, 429, "too-many-logins");
        assertThat(Integer.parseInt(slowed.header("Retry-After"))).isBetween(1, 60);
        Answer page = await().until(
                        () -> {
                            guesser.get("/api/cities");
                            return logIn(app.nobody(), WebUsers.ANALYST, "");
                        },
                        answer -> answer.status() == 429);
        assertThat(page.body()).contains("Too many wrong passwords. Try again in ", "value=\"analyst\"");
        assertThat(app.as(WebUsers.LAHORE).get("/api/cities").status()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(70))
                .until(() -> app.as(WebUsers.ANALYST).get("/api/cities").status() == 200);
    }

    @Test
    void logInsRefusalsAndChangesAreWrittenDownWithoutSecrets() {
        StoreKey lahore = shop.store(Shop.LAHORE);
        int tea = shop.product("47.00");
        app.as("stranger", "a password that is nobody's").get("/api/cities");
        app.as(WebUsers.KARACHI).post("/api/orders", order(UUID.randomUUID(), lahore, tea));
        app.post(
                "/api/stores/" + lahore.storeId() + "/inventory",
                "{\"productId\":%d,\"delta\":7,\"reason\":\"RECEIVED\"}".formatted(tea));
        app.as(WebUsers.ANALYST).get("/api/reports/sales.csv?by=store");

        // A busy disk writes a line a moment after the answer.
        String lines = await().until(
                        () -> app.as(WebUsers.OPS).get("/api/audit?limit=1000").body(),
                        all -> all.contains("report.download"));

        assertThat(Arrays.stream(lines.split("\\},\\{")).toList())
                .anyMatch(line -> has(line, "stranger", "login", "REFUSED", "127.0.0.1"))
                .anyMatch(line -> has(line, WebUsers.KARACHI, "\"order\"", "store " + lahore.storeId(), "REFUSED"))
                .anyMatch(line -> has(line, WebUsers.ADMIN, "stock.move", "+7 RECEIVED", "ALLOWED"))
                .anyMatch(line -> has(line, WebUsers.ANALYST, "report.download", "sales by store", "ALLOWED"));
        assertThat(lines).doesNotContain("nobody's", "knocks twice", "Basic ");
        assertThat(app.as(WebUsers.OPS)
                        .get("/api/audit?user=strang&outcome=REFUSED")
                        .json()
                        .findValuesAsString("user"))
                .isNotEmpty()
                .containsOnly("stranger");
    }

    @Test
    void everyAnswerTellsBrowsersToBeCareful() {
        for (Answer answer : List.of(
                app.nobody().get("/login"),
                app.nobody().get("/api/cities"),
                app.nobody().get("/grid"),
                app.as(WebUsers.ANALYST).get("/grid"),
                app.get("/api/cities"))) {
            assertThat(answer.header("Content-Security-Policy"))
                    .startsWith("default-src 'self'")
                    .contains("frame-ancestors 'none'", "form-action 'self'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Cache-Control")).contains("no-store");
            assertThat(answer.header("Strict-Transport-Security"))
                    .as("without TLS")
                    .isEmpty();
            assertThat(answer.header("Server")).isEmpty();
        }
    }

    private static boolean has(String line, String... words) {
        return Arrays.stream(words).allMatch(line::contains);
    }

    private static int whoIs(String session) {
        HttpCaller other = app.nobody();
        return other.send(other.request("/api/session").header("Cookie", "citygrid-session=" + session))
                .status();
    }

    private static Answer logIn(HttpCaller caller, String user, String back) {
        return form(
                caller,
                "/login",
                "_csrf=" + token(caller) + "&name=" + user + "&password="
                        + WebUsers.password(user).replace(' ', '+') + "&back=" + back);
    }

    /** As a page has it: the login page, or for whoever is logged in already another. */
    private static String token(HttpCaller caller) {
        Answer login = caller.get("/login");
        String html = login.status() == 200
                ? login.body()
                : caller.get(login.header("Location")).body();
        int at = html.indexOf("name=\"_csrf\" value=\"");
        return at < 0 ? "" : html.substring(at + 20, html.indexOf('"', at + 20));
    }

    private static Answer form(HttpCaller caller, String path, String fields) {
        return caller.send("POST", path, "application/x-www-form-urlencoded", fields);
    }

    private static HttpRequest.Builder json(HttpCaller caller, String path, String body) {
        return caller.request(path).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
    }
}
