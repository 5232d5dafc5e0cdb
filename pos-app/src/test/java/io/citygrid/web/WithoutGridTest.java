package io.citygrid.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.testing.HttpCaller.Answer;
import io.citygrid.testing.WebApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the web application answers without asking the grid, which is not there. */
class WithoutGridTest {
    private static final String NOBODY = "127.0.0.1:9";
    private static final String ID = "3f1c2f9e-8a52-4f7e-9c1b-2d8f1a7c9e10";

    private static WebApp app;
    private static WebApp open;

    @BeforeAll
    static void start() {
        app = new WebApp(NOBODY);
        open = WebApp.open(NOBODY);
    }

    @AfterAll
    static void stop() {
        app.close();
        open.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{} {}",
                "{}",
                "{'storeId':1,'items':[{'productId':1,'quantity':1}]}",
                "{'orderId':'ID','items':[{'productId':1,'quantity':1}]}",
                "{'orderId':'ID','storeId':1}",
                "{'orderId':'ID','storeId':1,'items':null}",
                "{'orderId':'ID','storeId':1,'items':{}}",
                "{'orderId':'ID','storeId':1,'items':[null]}",
                "{'orderId':'ID','storeId':1,'items':[{'productId':1}]}",
                "{'orderId':'ID','storeId':1,'items':[{'productId':1,'quantity':1.5}]}",
                "{'orderId':'ID','storeId':1,'items':[{'productId':1,'quantity':'2'}]}",
                "{'orderId':'ID','storeId':1,'items':[{'productId':1,'quantity':3000000000}]}",
                "{'orderId':'ID','storeId':1,'items':[{'productId':true,'quantity':1}]}",
                "{'orderId':'ID','storeId':'1','items':[{'productId':1,'quantity':1}]}",
                "{'orderId':'ID','storeId':1,'storeId':2,'items':[{'productId':1,'quantity':1}]}",
                "{'orderId':'1-1-1-1-1','storeId':1,'items':[{'productId':1,'quantity':1}]}",
                "{'orderId':7,'storeId':1,'items':[{'productId':1,'quantity':1}]}",
                "{'orderId':'ID','storeId':1,'items':[{'productId':1,'quantity':1}],'payment':{'method':'GOLD'}}",
                "{'orderId':'ID','storeId':1,'items':[{'productId':1,'quantity':1}],'payment':{'method':0}}",
                "{'orderId':'ID','storeId':1,'items':[{'productId':1,'quantity':1}],'payment':{'tendered':'5'}}",
                "{'orderId':'ID','storeId':1,'items':[{'productId':1,'quantity':1}],'payment':{'tendered':-5}}",
                "{'orderId':'ID','storeId':1,'items':[{'productId':1,'quantity':1}],'payment':{'tendered':0.001}}",
                "{'orderId':'ID','storeId':1,'items':[{'productId':1,'quantity':1}],'payment':{'tendered':1e999999999}}",
            })
    void anOrderThatIsNotExactlyUnderstoodIsMalformed(String body) {
        Answer answer = app.post("/api/orders", body.replace("ID", ID).replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("malformed-request");
        assertIsProblem(answer);
    }

    @Test
    void aProblemNamesTheValuesThatAreWrong() {
        Answer answer = app.post(
                "/api/orders", "{\"orderId\":\"x\",\"storeId\":1,\"items\":[{\"productId\":1,\"quantity\":1}]}");

        assertThat(answer.json().path("errors").path(0).path("field").asString())
                .isEqualTo("orderId");
        assertThat(answer.json().path("errors").path(0).path("message").asString())
                .isEqualTo("must be a UUID");
    }

    @Test
    void aBodyThatIsTooLargeIsNotReadToItsEnd() {
        Answer answer = app.post("/api/orders", "{\"note\":\"" + "x".repeat(300 << 10) + "\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("malformed-request");
    }

    @Test
    void addressesMethodsAndTypesThatAreNotKnownAreProblemsToo() {
        assertProblem(app.get("/api/nothing"), 404, "not-found");
        assertProblem(app.get("/api"), 404, "not-found");
        assertProblem(app.send("PUT", "/api/orders", "application/json", "{}"), 405, "method-not-allowed");
        assertProblem(app.send("POST", "/api/orders", "text/plain", "{}"), 415, "unsupported-media-type");
        assertProblem(app.get("/api/orders/17"), 400, "malformed-request");
        assertProblem(app.get("/api/products?limit=0"), 400, "malformed-request");
        assertProblem(app.get("/api/products?limit=201"), 400, "malformed-request");
        assertProblem(app.get("/api/products?limit=many"), 400, "malformed-request");
        assertProblem(app.get("/api/products?query=" + "x".repeat(101)), 400, "malformed-request");
    }

    @Test
    void theGridIsSaidToBeAway() {
        Answer answer = app.get("/api/grid");

        assertProblem(answer, 503, "grid-unavailable");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(app.get("/actuator/health").json().path("status").asString()).isEqualTo("DOWN");
    }

    @Test
    void withoutAUsersFileNobodyHasToLogInAndEveryPageSaysSo() {
        assertThat(open.get("/").status()).isEqualTo(200);
        assertThat(open.get("/").body()).contains("No logins", ">Register<", ">Grid<", ">Audit<");
        assertThat(open.get("/actuator/prometheus").status()).isEqualTo(200);
        assertProblem(open.post("/api/orders", "{}"), 400, "malformed-request");
        assertProblem(open.get("/api/session"), 404, "not-found");
        assertThat(open.get("/login").status()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/orders", "/orders/" + ID, "/dashboard", "/grid", "/audit"})
    void pagesAreThereAndLoadNothingFromElsewhere(String path) {
        Answer answer = app.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'self'");
        assertThat(answer.response().body())
                .contains("CityGrid")
                .doesNotContain("<style", "style=", "<script>", "http://", "https://");
    }

    @Test
    void onlyHealthAndMetricsOfTheApplicationAreShown() {
        assertThat(app.get("/actuator/prometheus").status()).isEqualTo(200);
        assertThat(app.get("/actuator/env").status()).isEqualTo(404);
        assertThat(app.get("/actuator/beans").status()).isEqualTo(404);
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertIsProblem(answer);
    }

    private static void assertIsProblem(Answer answer) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:citygrid:problem:" + answer.code());
        assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
        assertThat(answer.json().path("title").asString()).isNotEmpty();
        assertThat(answer.json().path("detail").asString()).isNotEmpty();
        assertThat(answer.response().body()).doesNotContain("xception", "io.citygrid", "jackson");
    }
}
