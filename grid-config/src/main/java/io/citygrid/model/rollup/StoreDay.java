package io.citygrid.model.rollup;

import io.citygrid.model.Money;
import java.math.BigDecimal;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** What a store sold on one business day. */
public final class StoreDay {
    @QuerySqlField(name = "city_id", notNull = true)
    private final int cityId;

    @QuerySqlField(name = "orders", notNull = true)
    private final long orders;

    @QuerySqlField(name = "order_lines", notNull = true)
    private final long orderLines;

    @QuerySqlField(name = "units", notNull = true)
    private final long units;

    @QuerySqlField(name = "revenue", notNull = true, precision = Revenue.PRECISION, scale = Money.SCALE)
    private final BigDecimal revenue;

    @QuerySqlField(name = "first_order_no", notNull = true)
    private final long firstOrderNo;

    @QuerySqlField(name = "last_order_no", notNull = true)
    private final long lastOrderNo;

    /**
     * @param orders receipts
     * @param firstOrderNo the lowest number of a receipt of that day
     * @param lastOrderNo the highest
     */
    public StoreDay(
            int cityId,
            long orders,
            long orderLines,
            long units,
            BigDecimal revenue,
            long firstOrderNo,
            long lastOrderNo) {
        this.cityId = cityId;
        this.orders = orders;
        this.orderLines = orderLines;
        this.units = units;
        this.revenue = Revenue.of(revenue);
        this.firstOrderNo = firstOrderNo;
        this.lastOrderNo = lastOrderNo;
    }

    public int cityId() {
        return cityId;
    }

    /** Receipts. */
    public long orders() {
        return orders;
    }

    public long orderLines() {
        return orderLines;
    }

    public long units() {
        return units;
    }

    public BigDecimal revenue() {
        return revenue;
    }

    /** The lowest number of a receipt of that day. */
    public long firstOrderNo() {
        return firstOrderNo;
    }

    /** The highest number of a receipt of that day. */
    public long lastOrderNo() {
        return lastOrderNo;
    }

    /** Both together. */
    public StoreDay plus(StoreDay other) {
        return new StoreDay(
                cityId,
                orders + other.orders,
                orderLines + other.orderLines,
                units + other.units,
                revenue.add(other.revenue),
                Math.min(firstOrderNo, other.firstOrderNo),
                Math.max(lastOrderNo, other.lastOrderNo));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoreDay that
                && cityId == that.cityId
                && orders == that.orders
                && orderLines == that.orderLines
                && units == that.units
                && revenue.equals(that.revenue)
                && firstOrderNo == that.firstOrderNo
                && lastOrderNo == that.lastOrderNo;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(orders) + revenue.hashCode();
    }

    @Override
    public String toString() {
        return orders + " orders (" + firstOrderNo + " to " + lastOrderNo + "), " + orderLines + " lines, " + units
                + " units, " + revenue;
    }
}
