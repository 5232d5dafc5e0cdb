package io.citygrid.model.stock;

import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import org.apache.ignite.cache.affinity.AffinityKeyMapped;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** Key of what one store has of one product. */
public final class InventoryKey implements CityKey, Comparable<InventoryKey> {
    @AffinityKeyMapped
    @QuerySqlField(name = "city_fragment", notNull = true)
    private final int cityFragment;

    @QuerySqlField(name = "store_id", notNull = true)
    private final int storeId;

    @QuerySqlField(name = "product_id", notNull = true)
    private final int productId;

    /** @throws IllegalArgumentException if an id is out of range */
    public InventoryKey(int cityId, int storeId, int productId) {
        this.cityFragment = CityFragment.of(cityId, storeId);
        this.storeId = storeId;
        if (productId < 1) {
            throw new IllegalArgumentException("product_id starts at 1, not " + productId);
        }
        this.productId = productId;
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

    public int productId() {
        return productId;
    }

    private Object readResolve() {
        CityFragment.requireOwner(cityFragment, storeId);
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InventoryKey that
                && cityFragment == that.cityFragment
                && storeId == that.storeId
                && productId == that.productId;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * cityFragment + storeId) + productId;
    }

    /** In the order in which rows are locked. */
    @Override
    public int compareTo(InventoryKey that) {
        int order = Integer.compare(cityFragment, that.cityFragment);
        if (order == 0) {
            order = Integer.compare(storeId, that.storeId);
        }
        return order != 0 ? order : Integer.compare(productId, that.productId);
    }

    @Override
    public String toString() {
        return "InventoryKey " + cityFragment + "/" + storeId + "/" + productId;
    }
}
