package io.citygrid.model.order;

import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import org.apache.ignite.cache.affinity.AffinityKeyMapped;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** Key of one line of an order; lines count from 1. */
public final class OrderItemKey implements CityKey, Comparable<OrderItemKey> {
    @AffinityKeyMapped
    @QuerySqlField(name = "city_fragment", notNull = true)
    private final int cityFragment;

    @QuerySqlField(name = "store_id", notNull = true)
    private final int storeId;

    @QuerySqlField(name = "order_no", notNull = true)
    private final long orderNo;

    @QuerySqlField(name = "line_no", notNull = true)
    private final int lineNo;

    /** @throws IllegalArgumentException if an id is out of range */
    public OrderItemKey(int cityId, int storeId, long orderNo, int lineNo) {
        this.cityFragment = CityFragment.of(cityId, storeId);
        this.storeId = storeId;
        if (orderNo < 1) {
            throw new IllegalArgumentException("order_no starts at 1, not " + orderNo);
        }
        this.orderNo = orderNo;
        if (lineNo < 1) {
            throw new IllegalArgumentException("line_no starts at 1, not " + lineNo);
        }
        this.lineNo = lineNo;
    }

    /** The city block this row lies in. */
    public int cityId() {
        return CityFragment.cityOf(cityFragment);
    }

    @Override
    public int cityFragment() {
        return cityFragment;
    }

    public int storeId() {
        return storeId;
    }

    public long orderNo() {
        return orderNo;
    }

    public int lineNo() {
        return lineNo;
    }

    private Object readResolve() {
        CityFragment.requireOwner(cityFragment, storeId);
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OrderItemKey that
                && cityFragment == that.cityFragment
                && storeId == that.storeId
                && orderNo == that.orderNo
                && lineNo == that.lineNo;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * cityFragment + storeId) + Long.hashCode(orderNo)) + lineNo;
    }

    /** In the order in which rows are locked. */
    @Override
    public int compareTo(OrderItemKey that) {
        int order = Integer.compare(cityFragment, that.cityFragment);
        if (order == 0) {
            order = Integer.compare(storeId, that.storeId);
        }
        if (order == 0) {
            order = Long.compare(orderNo, that.orderNo);
        }
        return order != 0 ? order : Integer.compare(lineNo, that.lineNo);
    }

    @Override
    public String toString() {
        return "OrderItemKey " + cityFragment + "/" + storeId + "/" + orderNo + "/" + lineNo;
    }
}
