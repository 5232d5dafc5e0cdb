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

/** What was paid for an order. */
public final class Payment {
    @QuerySqlField(name = "order_id", notNull = true)
    private final UUID orderId;

    @QuerySqlField(name = "amount", notNull = true, precision = Money.PRECISION, scale = Money.SCALE)
    private final BigDecimal amount;

    @QuerySqlField(name = "method", notNull = true)
    private final String method;

    @QuerySqlField(name = "status", notNull = true)
    private final String status;

    @QuerySqlField(name = "tendered", notNull = true, precision = Money.PRECISION, scale = Money.SCALE)
    private final BigDecimal tendered;

    @QuerySqlField(name = "change_due", notNull = true, precision = Money.PRECISION, scale = Money.SCALE)
    private final BigDecimal changeDue;

    @QuerySqlField(name = "paid_at", notNull = true)
    private final Timestamp paidAt;

    @QuerySqlField(name = "version", notNull = true)
    private final long version;

    /** @throws IllegalArgumentException if a value is missing, too long or out of range */
    public Payment(
            UUID orderId,
            BigDecimal amount,
            String method,
            String status,
            BigDecimal tendered,
            BigDecimal changeDue,
            Instant paidAt,
            long version) {
        this.orderId = orderId;
        this.amount = Money.of(amount);
        this.method = Texts.required(method, "method", 20);
        this.status = Texts.required(status, "status", 20);
        this.tendered = Money.of(tendered);
        this.changeDue = Money.of(changeDue);
        this.paidAt = Moments.column(paidAt);
        if (version < Versioned.FIRST) {
            throw new IllegalArgumentException("a version starts at 1, not " + version);
        }
        this.version = version;
    }

    public UUID orderId() {
        return orderId;
    }

    /** What stays in the till: tendered less change due. */
    public BigDecimal amount() {
        return amount;
    }

    /** A {@link PaymentMethod}. */
    public String method() {
        return method;
    }

    public String status() {
        return status;
    }

    public BigDecimal tendered() {
        return tendered;
    }

    public BigDecimal changeDue() {
        return changeDue;
    }

    public Instant paidAt() {
        return paidAt.toInstant();
    }

    public long version() {
        return version;
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        return new Payment(orderId, amount, method, status, tendered, changeDue, paidAt.toInstant(), version);
    }
}
