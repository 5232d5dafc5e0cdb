package io.citygrid.order.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.model.store.StoreKey;
import io.citygrid.testing.HttpCaller.Answer;
import io.citygrid.testing.SharedGrid;
import io.citygrid.testing.Shop;
import io.citygrid.testing.WebApp;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Registers of other makers sell over HTTP. */
@ExtendWith(SharedGrid.class)
class OrdersOverHttpIT {
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

    private static String order(UUID id, int storeId, int productId, int quantity) {
        return """
                {"orderId":"%s","storeId":%d,"items":[{"productId":%d,"quantity":%d,"price":0.01}],
                 "payment":{"method":"CASH","tendered":500.00},"note":"what is not known is passed over"}"""
                .formatted(id, storeId, productId, quantity);
    }

    @Test
    void aSaleIsCreatedOnceAndAnsweredAgain() {
        StoreKey store = shop.store(Shop.LAHORE);
        int tea = shop.product("47.00");
        shop.stock(store, tea, 5);
        UUID id = UUID.randomUUID();

        Answer sold = app.post("/api/orders", order(id, store.storeId(), tea, 2));
        Answer again = app.post("/api/orders", order(id, store.storeId(), tea, 2));

        assertThat(sold.status()).isEqualTo(201);
        assertThat(sold.header("Location")).isEqualTo("/api/orders/" + id);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(sold.json());
        assertThat(app.get("/api/orders/" + id).json()).isEqualTo(sold.json());
        assertThat(sold.response().body())
                .contains("\"total\":94.00", "\"tendered\":500.00", "\"changeDue\":406.00", "\"lineTotal\":94.00");
        JsonNode receipt = sold.json();
        assertThat(receipt.path("orderNo").asLong()).isEqualTo(1);
        assertThat(receipt.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(receipt.path("durability").asString()).isEqualTo("WRITTEN_THROUGH");
        assertThat(shop.onHand(store, tea)).isEqualTo(3);
    }

    @Test
    void refusalsSayWhatIsWrong() {
        StoreKey store = shop.store(Shop.KARACHI);
        int tea = shop.product("47.00");
        shop.stock(store, tea, 5);
        UUID id = UUID.randomUUID();
        app.post("/api/orders", order(id, store.storeId(), tea, 1));

        assertRefused(app.post("/api/orders", order(id, store.storeId(), tea, 2)), 409, "order-id-reused");
        assertRefused(app.post("/api/orders", order(UUID.randomUUID(), 9_999, tea, 1)), 422, "unknown-store");
        assertRefused(
                app.post("/api/orders", order(UUID.randomUUID(), store.storeId(), 999_999, 1)), 422, "unknown-product");
        assertRefused(app.get("/api/orders/" + UUID.randomUUID()), 404, "unknown-order");
        Answer lacking = app.post("/api/orders", order(UUID.randomUUID(), store.storeId(), tea, 10));
        assertRefused(lacking, 422, "out-of-stock");
        assertThat(lacking.json().path("shortages").path(0).path("onHand").asInt())
                .isEqualTo(4);
        assertThat(shop.onHand(store, tea)).isEqualTo(4);
    }

    @Test
    void stockIsReceivedOnceForEachMovement() {
        StoreKey store = shop.store(Shop.KARACHI);
        int tea = shop.product("47.00");
        String path = "/api/stores/" + store.storeId() + "/inventory";
        String body = "{\"productId\":%d,\"delta\":50,\"reason\":\"RECEIVED\",\"movementId\":\"%s\"}"
                .formatted(tea, UUID.randomUUID());

        assertThat(app.post(path, body).json().path("quantity").asInt()).isEqualTo(50);
        assertThat(app.post(path, body).json().path("quantity").asInt()).isEqualTo(50);

        JsonNode listed = app.get(path + "?query=sku" + tea).json();
        assertThat(listed.path(0).path("quantity").asInt()).isEqualTo(50);
        assertThat(listed)
                .isEqualTo(app.get(path + "?productId=" + tea).json())
                .isEqualTo(app.get(path).json());
        assertRefused(app.get("/api/stores/9999/inventory"), 404, "unknown-store");
    }

    @Test
    void searchesTakeEveryCharacterAsItIs() {
        int tea = shop.product("47.00");

        assertThat(app.get("/api/products?query=SKU" + tea)
                        .json()
                        .path(0)
                        .path("id")
                        .asInt())
                .isEqualTo(tea);
        assertThat(app.get("/api/products?query=TEA+no.+" + tea + "&limit=200")
                        .json()
                        .toString())
                .contains("\"id\":" + tea + ",");
        assertThat(app.get("/api/products?query=%25").json()).isEmpty();
        assertThat(app.get("/api/products?query=t_a").json()).isEmpty();
        assertThat(app.get("/api/products?query=%27+OR+1%3D1").json()).isEmpty();
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }
}
