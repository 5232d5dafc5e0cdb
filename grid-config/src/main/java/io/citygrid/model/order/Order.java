package io.citygrid.model.order;

import io.citygrid.model.Moments;
import io.citygrid.model.Money;
import io.citygrid.model.Texts;
import io.citygrid.model.Versioned;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** A completed sale. */
public final class Order {
    @QuerySqlField(name = "order_id", notNull = true)
    private final UUID orderId;

    @QuerySqlField(name = "customer_id")
    private final @Nullable Integer customerId;

    @QuerySqlField(name = "city_id", notNull = true)
    private final int cityId;

    @QuerySqlField(name = "total", notNull = true, precision = Money.PRECISION, scale = Money.SCALE)
    private final BigDecimal total;

    @QuerySqlField(name = "status", notNull = true)
    private final String status;

    @QuerySqlField(name = "ordered_at", notNull = true, index = true)
    private final Timestamp orderedAt;

    @QuerySqlField(name = "version", notNull = true)
    private final long version;

    @QuerySqlField(name = "updated_at", notNull = true)
    private final Timestamp updatedAt;

    /** @throws IllegalArgumentException if a value is missing, too long or out of range */
    public Order(
            UUID orderId,
            @Nullable Integer customerId,
            int cityId,
            BigDecimal total,
            String status,
            Instant orderedAt,
            long version,
            Instant updatedAt) {
        this.orderId = orderId;
        this.customerId = customerId;
        this.cityId = cityId;
        this.total = Money.of(total);
        this.status = Texts.required(status, "status", 20);
        this.orderedAt = Moments.column(orderedAt);
        if (version < Versioned.FIRST) {
            throw new IllegalArgumentException("a version starts at 1, not " + version);
        }
        this.version = version;
        this.updatedAt = Moments.column(updatedAt);
    }

    /** Minted by the register and kept across retries. */
    public UUID orderId() {
        return orderId;
    }

    /** Absent when the customer did not say who they are. */
    public @Nullable Integer customerId() {
        return customerId;
    }

    public int cityId() {
        return cityId;
    }

    /** The sum of the lines. */
    public BigDecimal total() {
        return total;
    }

    /** An {@link OrderStatus}. */
    public String status() {
        return status;
    }

    public Instant orderedAt() {
        return orderedAt.toInstant();
    }

    public long version() {
        return version;
    }

    public Instant updatedAt() {
        return updatedAt.toInstant();
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        return new Order(
                orderId, customerId, cityId, total, status, orderedAt.toInstant(), version, updatedAt.toInstant());
    }
}
