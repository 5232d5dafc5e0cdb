package io.citygrid.model.rollup;

import org.apache.ignite.cache.query.annotations.QuerySqlField;

/**
 * How far a store's orders are in its sums: receipts 1 to this one, each once. Orders that are in the sums may be changed when the
 * grid is brought together with PostgreSQL; each time is a correction, after which the sums are worked out anew.
 */
public final class RollupPosition {
    /** Nothing is in the sums. */
    public static final RollupPosition NONE = new RollupPosition(0, 0, 0);

    @QuerySqlField(name = "last_order_no", notNull = true)
    private final long lastOrderNo;

    private final long corrections;
    private final long correctionsSummed;

    private RollupPosition(long lastOrderNo, long corrections, long correctionsSummed) {
        if (lastOrderNo < 0) {
            throw new IllegalArgumentException("receipt numbers count up from 1, not " + lastOrderNo);
        }
        this.lastOrderNo = lastOrderNo;
        this.corrections = corrections;
        this.correctionsSummed = correctionsSummed;
    }

    public long lastOrderNo() {
        return lastOrderNo;
    }

    /** How often the store's orders were changed. */
    public long corrections() {
        return corrections;
    }

    /** Whether the sums are those of the orders as they were before a correction. */
    public boolean outdated() {
        return correctionsSummed != corrections;
    }

    /** With orders up to {@code orderNo} in the sums. */
    public RollupPosition at(long orderNo) {
        return new RollupPosition(orderNo, corrections, correctionsSummed);
    }

    /** When the store's orders are about to be changed. */
    public RollupPosition corrected() {
        return new RollupPosition(lastOrderNo, corrections + 1, correctionsSummed);
    }

    /** When the sums are right as of that correction. */
    public RollupPosition summedAsOf(long correction) {
        return new RollupPosition(lastOrderNo, corrections, correction);
    }
}
