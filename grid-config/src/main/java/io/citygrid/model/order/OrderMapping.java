package io.citygrid.model.order;

import io.citygrid.model.Moments;
import io.citygrid.model.Versioned;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** Which receipt an order id became. */
public final class OrderMapping {
    @QuerySqlField(name = "store_id", notNull = true)
    private final int storeId;

    @QuerySqlField(name = "order_no", notNull = true)
    private final long orderNo;

    @QuerySqlField(name = "customer_id")
    private final @Nullable Integer customerId;

    @QuerySqlField(name = "ordered_at", notNull = true)
    private final Timestamp orderedAt;

    @QuerySqlField(name = "version", notNull = true)
    private final long version;

    /** @throws IllegalArgumentException if a value is missing, too long or out of range */
    public OrderMapping(int storeId, long orderNo, @Nullable Integer customerId, Instant orderedAt, long version) {
        this.storeId = storeId;
        this.orderNo = orderNo;
        this.customerId = customerId;
        this.orderedAt = Moments.column(orderedAt);
        if (version < Versioned.FIRST) {
            throw new IllegalArgumentException("a version starts at 1, not " + version);
        }
        this.version = version;
    }

    public int storeId() {
        return storeId;
    }

    public long orderNo() {
        return orderNo;
    }

    public @Nullable Integer customerId() {
        return customerId;
    }

    public Instant orderedAt() {
        return orderedAt.toInstant();
    }

    public long version() {
        return version;
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        return new OrderMapping(storeId, orderNo, customerId, orderedAt.toInstant(), version);
    }
}
