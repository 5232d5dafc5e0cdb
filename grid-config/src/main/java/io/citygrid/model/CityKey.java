package io.citygrid.model;

/** A key whose row lies in a city fragment. */
public interface CityKey {
    /** The affinity key: see {@link CityFragment}. */
    int cityFragment();
}
