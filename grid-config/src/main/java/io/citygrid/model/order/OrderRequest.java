package io.citygrid.model.order;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a register asks ProcessOrder to sell. It carries no prices: the catalogue's are charged. */
public final class OrderRequest {
    private final UUID orderId;
    private final int cityId;
    private final int storeId;
    private final @Nullable Integer customerId;
    private final ArrayList<BasketLine> basket;
    private final PaymentMethod method;
    private final @Nullable BigDecimal tendered;
    private final @Nullable Timestamp rungUpAt;

    /**
     * @param orderId minted by the register, the same at every retry
     * @param cityId the store's city
     * @param customerId {@code null} when the customer is not known
     * @param tendered {@code null} means exactly the total
     * @param rungUpAt when the sale was rung up, if that is not now: replayed and generated sales
     */
    public OrderRequest(
            UUID orderId,
            int cityId,
            int storeId,
            @Nullable Integer customerId,
            List<BasketLine> basket,
            PaymentMethod method,
            @Nullable BigDecimal tendered,
            @Nullable Instant rungUpAt) {
        this.orderId = orderId;
        this.cityId = cityId;
        this.storeId = storeId;
        this.customerId = customerId;
        this.basket = new ArrayList<>(basket);
        this.method = method;
        this.tendered = tendered;
        this.rungUpAt = rungUpAt == null ? null : Timestamp.from(rungUpAt);
    }

    public UUID orderId() {
        return orderId;
    }

    public int cityId() {
        return cityId;
    }

    public int storeId() {
        return storeId;
    }

    public @Nullable Integer customerId() {
        return customerId;
    }

    public List<BasketLine> basket() {
        return Collections.unmodifiableList(basket);
    }

    public PaymentMethod method() {
        return method;
    }

    public @Nullable BigDecimal tendered() {
        return tendered;
    }

    public @Nullable Instant rungUpAt() {
        return rungUpAt == null ? null : rungUpAt.toInstant();
    }
}
