package io.citygrid.model.order;

import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import java.util.UUID;
import org.apache.ignite.cache.affinity.AffinityKeyMapped;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/**
 * Key of the entry that says which receipt an order id became. It lies beside the store's data, so that the check for a
 * repeated id is part of the order's own grid transaction.
 */
public final class OrderMappingKey implements CityKey, Comparable<OrderMappingKey> {
    @AffinityKeyMapped
    @QuerySqlField(name = "city_fragment", notNull = true)
    private final int cityFragment;

    @QuerySqlField(name = "order_id", notNull = true, index = true)
    private final UUID orderId;

    /** @throws IllegalArgumentException if city or store is out of range */
    public OrderMappingKey(int cityId, int storeId, UUID orderId) {
        this(CityFragment.of(cityId, storeId), orderId);
    }

    private OrderMappingKey(int cityFragment, UUID orderId) {
        this.cityFragment = cityFragment;
        this.orderId = orderId;
    }

    /** The key as a query or a database row gives it back. */
    public static OrderMappingKey stored(int cityFragment, UUID orderId) {
        CityFragment.cityOf(cityFragment);
        return new OrderMappingKey(cityFragment, orderId);
    }

    public int cityId() {
        return CityFragment.cityOf(cityFragment);
    }

    @Override
    public int cityFragment() {
        return cityFragment;
    }

    public UUID orderId() {
        return orderId;
    }

    private Object readResolve() {
        return stored(cityFragment, orderId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OrderMappingKey that
                && cityFragment == that.cityFragment
                && orderId.equals(that.orderId);
    }

    @Override
    public int hashCode() {
        return 31 * cityFragment + orderId.hashCode();
    }

    @Override
    public int compareTo(OrderMappingKey that) {
        int order = Integer.compare(cityFragment, that.cityFragment);
        return order != 0 ? order : orderId.compareTo(that.orderId);
    }

    @Override
    public String toString() {
        return "OrderMappingKey " + cityFragment + "/" + orderId;
    }
}
