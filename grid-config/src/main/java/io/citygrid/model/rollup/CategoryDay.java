package io.citygrid.model.rollup;

import io.citygrid.model.Money;
import java.math.BigDecimal;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** What a store sold of one category on one business day. */
public final class CategoryDay {
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

    /** @param orders receipts with at least one line of the category */
    public CategoryDay(int cityId, long orders, long orderLines, long units, BigDecimal revenue) {
        this.cityId = cityId;
        this.orders = orders;
        this.orderLines = orderLines;
        this.units = units;
        this.revenue = Revenue.of(revenue);
    }

    public int cityId() {
        return cityId;
    }

    /** Receipts with at least one line of the category. */
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

    /** Both together. */
    public CategoryDay plus(CategoryDay other) {
        return new CategoryDay(
                cityId,
                orders + other.orders,
                orderLines + other.orderLines,
                units + other.units,
                revenue.add(other.revenue));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CategoryDay that
                && cityId == that.cityId
                && orders == that.orders
                && orderLines == that.orderLines
                && units == that.units
                && revenue.equals(that.revenue);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(orders) + revenue.hashCode();
    }

    @Override
    public String toString() {
        return orders + " orders, " + orderLines + " lines, " + units + " units, " + revenue;
    }
}
