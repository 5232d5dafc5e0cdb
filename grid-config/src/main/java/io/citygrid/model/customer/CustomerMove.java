package io.citygrid.model.customer;

import io.citygrid.model.CityFragment;

/** A customer who moves house, to another city. */
public final class CustomerMove {
    private final int customerId;
    private final int fromCityId;
    private final int toCityId;

    /** @throws IllegalArgumentException if an id is out of range or both cities are the same */
    public CustomerMove(int customerId, int fromCityId, int toCityId) {
        CityFragment.of(fromCityId, customerId);
        CityFragment.of(toCityId, customerId);
        if (fromCityId == toCityId) {
            throw new IllegalArgumentException("customer " + customerId + " lives in city " + toCityId + " already");
        }
        this.customerId = customerId;
        this.fromCityId = fromCityId;
        this.toCityId = toCityId;
    }

    public int customerId() {
        return customerId;
    }

    public int fromCityId() {
        return fromCityId;
    }

    public int toCityId() {
        return toCityId;
    }
}
