package io.citygrid.model.order;

import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import org.apache.ignite.cache.affinity.AffinityKeyMapped;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** Key of an order: the store and the number on its receipt. */
public final class OrderKey implements CityKey, Comparable<OrderKey> {
    @AffinityKeyMapped
    @QuerySqlField(name = "city_fragment", notNull = true)
    private final int cityFragment;

    @QuerySqlField(name = "store_id", notNull = true)
    private final int storeId;

    @QuerySqlField(name = "order_no", notNull = true)
    private final long orderNo;

    /** @throws IllegalArgumentException if an id is out of range */
    public OrderKey(int cityId, int storeId, long orderNo) {
        this.cityFragment = CityFragment.of(cityId, storeId);
        this.storeId = storeId;
        if (orderNo < 1) {
            throw new IllegalArgumentException("order_no starts at 1, not " + orderNo);
        }
        this.orderNo = orderNo;
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

    private Object readResolve() {
        CityFragment.requireOwner(cityFragment, storeId);
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OrderKey that
                && cityFragment == that.cityFragment
                && storeId == that.storeId
                && orderNo == that.orderNo;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * cityFragment + storeId) + Long.hashCode(orderNo);
    }

    /** In the order in which rows are locked. */
    @Override
    public int compareTo(OrderKey that) {
        int order = Integer.compare(cityFragment, that.cityFragment);
        if (order == 0) {
            order = Integer.compare(storeId, that.storeId);
        }
        return order != 0 ? order : Long.compare(orderNo, that.orderNo);
    }

    @Override
    public String toString() {
        return "OrderKey " + cityFragment + "/" + storeId + "/" + orderNo;
    }
}
