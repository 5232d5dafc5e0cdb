package io.citygrid.model.rollup;

import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import org.apache.ignite.cache.affinity.AffinityKeyMapped;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** Key of what a store sold on one business day. */
public final class StoreDayKey implements CityKey, Comparable<StoreDayKey> {
    @AffinityKeyMapped
    @QuerySqlField(name = "city_fragment", notNull = true)
    private final int cityFragment;

    @QuerySqlField(name = "store_id", notNull = true)
    private final int storeId;

    @QuerySqlField(name = "epoch_day", notNull = true)
    private final int epochDay;

    /**
     * @param epochDay the business day, counted from 1970-01-01
     * @throws IllegalArgumentException if an id is out of range
     */
    public StoreDayKey(int cityId, int storeId, int epochDay) {
        this.cityFragment = CityFragment.of(cityId, storeId);
        this.storeId = storeId;
        this.epochDay = epochDay;
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

    /** The business day, counted from 1970-01-01. */
    public int epochDay() {
        return epochDay;
    }

    private Object readResolve() {
        CityFragment.requireOwner(cityFragment, storeId);
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoreDayKey that
                && cityFragment == that.cityFragment
                && storeId == that.storeId
                && epochDay == that.epochDay;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * cityFragment + storeId) + epochDay;
    }

    /** In the order in which rows are locked. */
    @Override
    public int compareTo(StoreDayKey that) {
        int order = Integer.compare(cityFragment, that.cityFragment);
        if (order == 0) {
            order = Integer.compare(storeId, that.storeId);
        }
        return order != 0 ? order : Integer.compare(epochDay, that.epochDay);
    }

    @Override
    public String toString() {
        return "StoreDayKey " + cityFragment + "/" + storeId + "/" + epochDay;
    }
}
