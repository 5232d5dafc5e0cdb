package io.citygrid.model.stock;

import io.citygrid.model.Moments;
import io.citygrid.model.Texts;
import io.citygrid.model.Versioned;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.ignite.cache.query.annotations.QuerySqlField;

/** Stock that came or went other than by a sale. On hand is the sum of a product's movements less what was sold. */
public final class StockMovement {
    @QuerySqlField(name = "product_id", notNull = true)
    private final int productId;

    @QuerySqlField(name = "delta", notNull = true)
    private final int delta;

    @QuerySqlField(name = "reason", notNull = true)
    private final String reason;

    @QuerySqlField(name = "version", notNull = true)
    private final long version;

    @QuerySqlField(name = "moved_at", notNull = true)
    private final Timestamp movedAt;

    /** @throws IllegalArgumentException if a value is missing, too long or out of range */
    public StockMovement(int productId, int delta, String reason, long version, Instant movedAt) {
        this.productId = productId;
        if (delta == 0) {
            throw new IllegalArgumentException("a movement moves something, not " + delta);
        }
        this.delta = delta;
        this.reason = Texts.required(reason, "reason", 20);
        if (version < Versioned.FIRST) {
            throw new IllegalArgumentException("a version starts at 1, not " + version);
        }
        this.version = version;
        this.movedAt = Moments.column(movedAt);
    }

    public int productId() {
        return productId;
    }

    /** Units: positive came in, negative went out. */
    public int delta() {
        return delta;
    }

    /** A {@link StockReason}. */
    public String reason() {
        return reason;
    }

    public long version() {
        return version;
    }

    public Instant movedAt() {
        return movedAt.toInstant();
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        return new StockMovement(productId, delta, reason, version, movedAt.toInstant());
    }
}
