package io.citygrid.model.stock;

import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import java.util.UUID;
import org.apache.ignite.cache.affinity.AffinityKeyMapped;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/** Key of one movement of stock; its id is minted by whoever asks for it and kept across retries. */
public final class StockMovementKey implements CityKey, Comparable<StockMovementKey> {
    @AffinityKeyMapped
    @QuerySqlField(name = "city_fragment", notNull = true)
    private final int cityFragment;

    @QuerySqlField(name = "store_id", notNull = true)
    private final int storeId;

    @QuerySqlField(name = "movement_id", notNull = true)
    private final UUID movementId;

    /** @throws IllegalArgumentException if an id is out of range */
    public StockMovementKey(int cityId, int storeId, UUID movementId) {
        this.cityFragment = CityFragment.of(cityId, storeId);
        this.storeId = storeId;
        this.movementId = movementId;
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

    public UUID movementId() {
        return movementId;
    }

    private Object readResolve() {
        CityFragment.requireOwner(cityFragment, storeId);
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StockMovementKey that
                && cityFragment == that.cityFragment
                && storeId == that.storeId
                && movementId.equals(that.movementId);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * cityFragment + storeId) + movementId.hashCode();
    }

    /** In the order in which rows are locked. */
    @Override
    public int compareTo(StockMovementKey that) {
        int order = Integer.compare(cityFragment, that.cityFragment);
        if (order == 0) {
            order = Integer.compare(storeId, that.storeId);
        }
        return order != 0 ? order : movementId.compareTo(that.movementId);
    }

    @Override
    public String toString() {
        return "StockMovementKey " + cityFragment + "/" + storeId + "/" + movementId;
    }
}
