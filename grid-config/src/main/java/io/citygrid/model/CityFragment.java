package io.citygrid.model;

/**
 * The affinity key of all city data: {@code cityId * 16 + slot}.
 *
 * <p>The city picks a block of 16 partitions, the slot (the store's or the customer's id modulo 16) spreads a big city over
 * several of its own nodes. The fragment number is the partition number. Keys compute their fragment from city and owner in
 * their constructors; nothing else ever sets it, because Ignite would accept a wrong one.
 */
public final class CityFragment {
    /** Fragments of one city. */
    public static final int SLOTS = 16;

    /** Cities that fit: ids 1 to 63. Id 0 is never used, so that a fragment of 0 is always a mistake. */
    public static final int CITIES_MAX = 64;

    /** Partitions of every city cache. */
    public static final int COUNT = SLOTS * CITIES_MAX;

    /** Where the grid keeps what belongs to no city; no key of a city's data has it. */
    public static final int CENTRAL = 0;

    private CityFragment() {}

    /**
     * The fragment in which {@code cityId} keeps what belongs to {@code ownerId}, a store or a customer.
     *
     * @throws IllegalArgumentException if the city is not 1 to 63 or the owner is below 1
     */
    public static int of(int cityId, int ownerId) {
        requireCity(cityId);
        if (ownerId < 1) {
            throw new IllegalArgumentException("an id starts at 1, not " + ownerId);
        }
        return cityId * SLOTS + ownerId % SLOTS;
    }

    /** The city whose block of partitions {@code fragment} lies in. */
    public static int cityOf(int fragment) {
        if (fragment < SLOTS || fragment >= COUNT) {
            throw new IllegalArgumentException("no city fragment: " + fragment);
        }
        return fragment / SLOTS;
    }

    /** Returns {@code cityId}, or throws if no city can have that id. */
    public static int requireCity(int cityId) {
        if (cityId < 1 || cityId >= CITIES_MAX) {
            throw new IllegalArgumentException("a city id is 1 to " + (CITIES_MAX - 1) + ", not " + cityId);
        }
        return cityId;
    }

    /**
     * Called when a key is read back: the fragment it carries must be the one its own city and owner make, or the row was
     * written past the constructors (an SQL INSERT with a fragment of its own) and lies in the wrong partition.
     */
    public static void requireOwner(int fragment, int ownerId) {
        if (of(cityOf(fragment), ownerId) != fragment) {
            throw new IllegalStateException("a key of owner " + ownerId + " carries the city fragment " + fragment);
        }
    }
}
