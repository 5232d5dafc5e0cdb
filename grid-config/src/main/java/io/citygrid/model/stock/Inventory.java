package io.citygrid.model.stock;

import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.ignite.cache.query.annotations.QuerySqlField;

/** What a store has on hand of a product. */
public final class Inventory {
    @QuerySqlField(name = "quantity", notNull = true)
    private final int quantity;

    @QuerySqlField(name = "version", notNull = true)
    private final long version;

    @QuerySqlField(name = "updated_at", notNull = true)
    private final Timestamp updatedAt;

    /** @throws IllegalArgumentException if a value is missing, too long or out of range */
    public Inventory(int quantity, long version, Instant updatedAt) {
        if (quantity < 0) {
            throw new IllegalArgumentException("on hand is never negative, not " + quantity);
        }
        this.quantity = quantity;
        if (version < Versioned.FIRST) {
            throw new IllegalArgumentException("a version starts at 1, not " + version);
        }
        this.version = version;
        this.updatedAt = Moments.column(updatedAt);
    }

    public int quantity() {
        return quantity;
    }

    public long version() {
        return version;
    }

    public Instant updatedAt() {
        return updatedAt.toInstant();
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        return new Inventory(quantity, version, updatedAt.toInstant());
    }
}
