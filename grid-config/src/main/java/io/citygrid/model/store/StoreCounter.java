package io.citygrid.model.store;

import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.ignite.cache.query.annotations.QuerySqlField;

/** The number of the last receipt of a store. Locked last in a sale, so receipts have no gap and no duplicate. */
public final class StoreCounter {
    @QuerySqlField(name = "last_order_no", notNull = true)
    private final long lastOrderNo;

    @QuerySqlField(name = "version", notNull = true)
    private final long version;

    @QuerySqlField(name = "updated_at", notNull = true)
    private final Timestamp updatedAt;

    /** @throws IllegalArgumentException if a value is missing, too long or out of range */
    public StoreCounter(long lastOrderNo, long version, Instant updatedAt) {
        if (lastOrderNo < 0) {
            throw new IllegalArgumentException("receipt numbers count up from 1, not " + lastOrderNo);
        }
        this.lastOrderNo = lastOrderNo;
        if (version < Versioned.FIRST) {
            throw new IllegalArgumentException("a version starts at 1, not " + version);
        }
        this.version = version;
        this.updatedAt = Moments.column(updatedAt);
    }

    public long lastOrderNo() {
        return lastOrderNo;
    }

    public long version() {
        return version;
    }

    public Instant updatedAt() {
        return updatedAt.toInstant();
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        return new StoreCounter(lastOrderNo, version, updatedAt.toInstant());
    }
}
