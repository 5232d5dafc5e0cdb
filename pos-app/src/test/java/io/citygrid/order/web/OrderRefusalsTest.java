package io.citygrid.order.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderOutcome.Shortage;
import io.citygrid.order.web.OrderRefusals.ShortageBody;
import io.citygrid.web.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every refusal of ProcessOrder has its status, its code and its facts. */
class OrderRefusalsTest {
    @Test
    void shortagesAreListed() {
        Map<String, Object> body =
                body(422, "out-of-stock", new OrderOutcome.OutOfStock(List.of(new Shortage(7, "Tea", 5, 2))));

        assertThat(body).containsEntry("shortages", List.of(new ShortageBody(7, "Tea", 5, 2)));
    }

    @Test
    void whatIsUnknownIsNamed() {
        assertThat(body(422, "unknown-product", new OrderOutcome.UnknownProduct(7)))
                .containsEntry("productId", 7);
        assertThat(body(422, "unknown-store", new OrderOutcome.UnknownStore(3))).containsEntry("storeId", 3);
        assertThat(body(422, "unknown-customer", new OrderOutcome.UnknownCustomer(9)))
                .containsEntry("customerId", 9);
    }

    @Test
    void aReusedIdIsAConflict() {
        UUID id = UUID.randomUUID();

        assertThat(body(409, "order-id-reused", new OrderOutcome.OrderIdReused(id)))
                .containsEntry("orderId", id);
    }

    @Test
    void theCashierIsToldWhichRuleTheBasketBreaks() {
        assertThat(body(422, "invalid-basket", new OrderOutcome.InvalidBasket("The basket is empty.")))
                .containsEntry("detail", "The basket is empty.");
    }

    @Test
    void tooLittleTenderSaysHowMuchItCosts() {
        BigDecimal total = new BigDecimal("94.00");
        BigDecimal tendered = new BigDecimal("50.00");

        assertThat(body(422, "insufficient-tender", new OrderOutcome.InsufficientTender(total, tendered)))
                .containsEntry("total", total)
                .containsEntry("tendered", tendered);
    }

    @Test
    void whatPassesIsServiceUnavailableAndKeepsItsReasonToTheLog() {
        assertThat(body(503, "database-unavailable", new OrderOutcome.NotStored("karachi_db", "FATAL: no room")))
                .doesNotContainValue("FATAL: no room")
                .doesNotContainValue("karachi_db");
        assertThat(body(503, "try-again", new OrderOutcome.RolledBack("lock timeout on key 17", false))
                        .get("detail"))
                .asString()
                .doesNotContain("17");
    }

    @Test
    void whoAsksTheWrongCityIsToldWhoSells() {
        assertThat(body(503, "not-in-charge", new OrderOutcome.NotInCharge("Karachi sells on its own side.")))
                .containsEntry("detail", "Nothing was sold. Karachi sells on its own side.");
    }

    @Test
    void aStoreThatIsNotOpenSaysWhy() {
        assertThat(body(
                        503,
                        "store-not-open",
                        new OrderOutcome.StoreNotOpen("Karachi is being compared with PostgreSQL", false)))
                .containsEntry("detail", "Nothing was sold. Karachi is being compared with PostgreSQL.");
        assertThat(body(503, "store-shut", new OrderOutcome.StoreNotOpen("the grid has lost orders", true)))
                .containsEntry("detail", "Nothing was sold. The grid has lost orders.");
    }

    private static Map<String, Object> body(int status, String code, OrderOutcome outcome) {
        Problem problem = OrderRefusals.problem(outcome);
        assertThat(problem.status().value()).isEqualTo(status);
        assertThat(problem.body())
                .containsEntry("code", code)
                .containsEntry("status", status)
                .containsEntry("type", "urn:citygrid:problem:" + code);
        return problem.body();
    }
}
