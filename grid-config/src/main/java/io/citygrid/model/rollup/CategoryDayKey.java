package io.citygrid.model.rollup;

import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import org.apache.ignite.cache.affinity.AffinityKeyMapped;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** Key of what a store sold of one category on one business day. */
public final class CategoryDayKey implements CityKey, Comparable<CategoryDayKey> {
    @AffinityKeyMapped
    @QuerySqlField(name = "city_fragment", notNull = true)
    private final int cityFragment;

    @QuerySqlField(name = "store_id", notNull = true)
    private final int storeId;

    @QuerySqlField(name = "epoch_day", notNull = true)
    private final int epochDay;

    @QuerySqlField(name = "category_id", notNull = true)
    private final int categoryId;

    /**
     * @param epochDay the business day, counted from 1970-01-01
     * @throws IllegalArgumentException if an id is out of range
     */
    public CategoryDayKey(int cityId, int storeId, int epochDay, int categoryId) {
        this.cityFragment = CityFragment.of(cityId, storeId);
        this.storeId = storeId;
        this.epochDay = epochDay;
        this.categoryId = categoryId;
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

    public int categoryId() {
        return categoryId;
    }

    private Object readResolve() {
        CityFragment.requireOwner(cityFragment, storeId);
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CategoryDayKey that
                && cityFragment == that.cityFragment
                && storeId == that.storeId
                && epochDay == that.epochDay
                && categoryId == that.categoryId;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * cityFragment + storeId) + epochDay) + categoryId;
    }

    /** In the order in which rows are locked. */
    @Override
    public int compareTo(CategoryDayKey that) {
        int order = Integer.compare(cityFragment, that.cityFragment);
        if (order == 0) {
            order = Integer.compare(storeId, that.storeId);
        }
        if (order == 0) {
            order = Integer.compare(epochDay, that.epochDay);
        }
        return order != 0 ? order : Integer.compare(categoryId, that.categoryId);
    }

    @Override
    public String toString() {
        return "CategoryDayKey " + cityFragment + "/" + storeId + "/" + epochDay + "/" + categoryId;
    }
}
