package io.citygrid.model.rollup;

import org.apache.ignite.cache.query.annotations.QuerySqlField;

/** How far a store's orders are in its sums: receipts 1 to this one, each once. */
public final class RollupPosition {
    /** Nothing is in the sums. */
    public static final RollupPosition NONE = new RollupPosition(0);

    @QuerySqlField(name = "last_order_no", notNull = true)
    private final long lastOrderNo;

    /** @throws IllegalArgumentException if it is negative */
    public RollupPosition(long lastOrderNo) {
        if (lastOrderNo < 0) {
            throw new IllegalArgumentException("receipt numbers count up from 1, not " + lastOrderNo);
        }
        this.lastOrderNo = lastOrderNo;
    }

    public long lastOrderNo() {
        return lastOrderNo;
    }
}
