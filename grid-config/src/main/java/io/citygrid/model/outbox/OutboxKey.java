package io.citygrid.model.outbox;

import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import java.util.UUID;
import org.apache.ignite.cache.affinity.AffinityKeyMapped;
import org.jspecify.annotations.Nullable;

/** Key of an outbox entry. It lies in the fragment of the rows it names, so it is written in their own grid transaction. */
public final class OutboxKey implements CityKey, Comparable<OutboxKey> {
    @AffinityKeyMapped
    private final int cityFragment;

    private final UUID entryId;

    /** @param cityFragment that of the rows, or {@link CityFragment#CENTRAL} for reference rows */
    public OutboxKey(int cityFragment, UUID entryId) {
        if (cityFragment != CityFragment.CENTRAL) {
            CityFragment.cityOf(cityFragment);
        }
        this.cityFragment = cityFragment;
        this.entryId = entryId;
    }

    @Override
    public int cityFragment() {
        return cityFragment;
    }

    /** The city of the rows; 0 for reference rows. */
    public int cityId() {
        return cityFragment == CityFragment.CENTRAL ? 0 : CityFragment.cityOf(cityFragment);
    }

    public UUID entryId() {
        return entryId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OutboxKey that && cityFragment == that.cityFragment && entryId.equals(that.entryId);
    }

    @Override
    public int hashCode() {
        return 31 * cityFragment + entryId.hashCode();
    }

    @Override
    public int compareTo(OutboxKey that) {
        int order = Integer.compare(cityFragment, that.cityFragment);
        return order != 0 ? order : entryId.compareTo(that.entryId);
    }

    @Override
    public String toString() {
        return "OutboxKey " + cityFragment + "/" + entryId;
    }
}
