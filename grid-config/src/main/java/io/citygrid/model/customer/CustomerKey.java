package io.citygrid.model.customer;

import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import org.apache.ignite.cache.affinity.AffinityKeyMapped;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** Key of a customer and of the customer's contact details. */
public final class CustomerKey implements CityKey, Comparable<CustomerKey> {
    @AffinityKeyMapped
    @QuerySqlField(name = "city_fragment", notNull = true)
    private final int cityFragment;

    @QuerySqlField(name = "customer_id", notNull = true)
    private final int customerId;

    /** @throws IllegalArgumentException if an id is out of range */
    public CustomerKey(int cityId, int customerId) {
        this.cityFragment = CityFragment.of(cityId, customerId);
        this.customerId = customerId;
    }

    /** The city block this row lies in. */
    public int cityId() {
        return CityFragment.cityOf(cityFragment);
    }

    @Override
    public int cityFragment() {
        return cityFragment;
    }

    public int customerId() {
        return customerId;
    }

    private Object readResolve() {
        CityFragment.requireOwner(cityFragment, customerId);
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomerKey that && cityFragment == that.cityFragment && customerId == that.customerId;
    }

    @Override
    public int hashCode() {
        return 31 * cityFragment + customerId;
    }

    /** In the order in which rows are locked. */
    @Override
    public int compareTo(CustomerKey that) {
        int order = Integer.compare(cityFragment, that.cityFragment);
        return order != 0 ? order : Integer.compare(customerId, that.customerId);
    }

    @Override
    public String toString() {
        return "CustomerKey " + cityFragment + "/" + customerId;
    }
}
