package io.citygrid.order.web;

import io.citygrid.model.Money;
import io.citygrid.model.order.BasketLine;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.order.PaymentMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/orders}. It has no prices; if a client sends some, they are passed over and the catalogue's are
 * charged. Members that are not null here are present once the body is valid.
 */
record OrderBody(
        @NotNull @Pattern(regexp = UUID_FORM, message = "must be a UUID") String orderId,
        @NotNull Integer storeId,
        @Nullable Integer customerId,
        @NotNull List<@NotNull @Valid Line> items,
        @Nullable @Valid Payment payment) {
    /** The only way to write an order id; {@link UUID#fromString} alone would take shortened ones. */
    static final String UUID_FORM = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    /** One line of the basket. */
    record Line(@NotNull Integer productId, @NotNull Integer quantity) {}

    /** How it is paid: in cash and exactly unless it says otherwise. */
    record Payment(
            @Nullable PaymentMethod method,
            @Nullable @DecimalMin("0") @Digits(integer = Money.PRECISION - Money.SCALE, fraction = Money.SCALE)
                    BigDecimal tendered) {}

    /** What is asked of the grid for a store of {@code cityId}. */
    OrderRequest request(int cityId) {
        PaymentMethod method = payment == null ? null : payment.method();
        BigDecimal tendered = payment == null ? null : payment.tendered();
        return new OrderRequest(
                UUID.fromString(orderId),
                cityId,
                storeId,
                customerId,
                items.stream()
                        .map(line -> new BasketLine(line.productId(), line.quantity()))
                        .toList(),
                method == null ? PaymentMethod.CASH : method,
                tendered == null ? null : Money.of(tendered),
                null);
    }
}
