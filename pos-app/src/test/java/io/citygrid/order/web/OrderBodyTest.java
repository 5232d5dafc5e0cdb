package io.citygrid.order.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.PaymentMethod;
import io.citygrid.order.web.OrderBody.Line;
import io.citygrid.order.web.OrderBody.Payment;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a register sends becomes a request to the grid. */
class OrderBodyTest {
    private static final String ID = "3f1c2f9e-8a52-4f7e-9c1b-2d8f1a7c9e10";

    private static OrderRequest request(Payment payment) {
        return new OrderBody(ID, 6, 17, List.of(new Line(3, 2), new Line(1, 5)), payment).request(2);
    }

    @Test
    void idStoreCustomerAndLinesAreTakenAsTheyAre() {
        OrderRequest request = request(null);

        assertThat(request.orderId()).isEqualTo(UUID.fromString(ID));
        assertThat(request.cityId()).isEqualTo(2);
        assertThat(request.storeId()).isEqualTo(6);
        assertThat(request.customerId()).isEqualTo(17);
        assertThat(request.basket()).extracting("productId").containsExactly(3, 1);
        assertThat(request.basket()).extracting("quantity").containsExactly(2, 5);
        assertThat(request.rungUpAt()).isNull();
    }

    @Test
    void withoutPaymentItIsPaidExactlyInCash() {
        assertThat(request(null).method()).isEqualTo(PaymentMethod.CASH);
        assertThat(request(null).tendered()).isNull();
        assertThat(request(new Payment(null, null)).method()).isEqualTo(PaymentMethod.CASH);
    }

    @Test
    void whatIsTenderedHasTwoDecimals() {
        OrderRequest request = request(new Payment(PaymentMethod.CARD, new BigDecimal("500")));

        assertThat(request.method()).isEqualTo(PaymentMethod.CARD);
        assertThat(request.tendered()).isEqualTo(new BigDecimal("500.00"));
    }
}
