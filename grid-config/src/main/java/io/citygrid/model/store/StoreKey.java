package io.citygrid.model.store;

import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import org.apache.ignite.cache.affinity.AffinityKeyMapped;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** Key of a store and of its counter. */
public final class StoreKey implements CityKey, Comparable<StoreKey> {
    @AffinityKeyMapped
    @QuerySqlField(name = "city_fragment", notNull = true)
    private final int cityFragment;

    @QuerySqlField(name = "store_id", notNull = true)
    private final int storeId;

    /** @throws IllegalArgumentException if an id is out of range */
    public StoreKey(int cityId, int storeId) {
        this.cityFragment = CityFragment.of(cityId, storeId);
        this.storeId = storeId;
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

    private Object readResolve() {
        CityFragment.requireOwner(cityFragment, storeId);
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoreKey that && cityFragment == that.cityFragment && storeId == that.storeId;
    }

    @Override
    public int hashCode() {
        return 31 * cityFragment + storeId;
    }

    /** In the order in which rows are locked. */
    @Override
    public int compareTo(StoreKey that) {
        int order = Integer.compare(cityFragment, that.cityFragment);
        return order != 0 ? order : Integer.compare(storeId, that.storeId);
    }

    @Override
    public String toString() {
        return "StoreKey " + cityFragment + "/" + storeId;
    }
}
