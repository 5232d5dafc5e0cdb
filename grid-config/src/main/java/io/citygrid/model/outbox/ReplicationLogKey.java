package io.citygrid.model.outbox;

import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import java.time.Instant;
import org.apache.ignite.cache.affinity.AffinityKeyMapped;
import org.apache.ignite.cache.query.annotations.QuerySqlField;
import org.jspecify.annotations.Nullable;

/**
 * Key of a row of the replication log. The id alone tells rows of all cities apart and is in the order of time: 41 bits of
 * milliseconds since 2020, 10 bits of the city fragment, 2 bits of a sequence. 53 bits in all, so that programs that know
 * numbers as doubles only, browsers among them, read it exactly.
 */
public final class ReplicationLogKey implements CityKey, Comparable<ReplicationLogKey> {
    private static final long EPOCH_MILLIS =
            Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final int MILLIS_BITS = 41;
    private static final int FRAGMENT_BITS = 10;
    private static final int SEQUENCE_BITS = 2;
    private static final int MOMENT_SHIFT = FRAGMENT_BITS + SEQUENCE_BITS;
    private static final long ID_MAX = (1L << (MILLIS_BITS + MOMENT_SHIFT)) - 1;

    @AffinityKeyMapped
    @QuerySqlField(name = "city_fragment", notNull = true)
    private final int cityFragment;

    @QuerySqlField(name = "id", notNull = true)
    private final long id;

    private ReplicationLogKey(int cityFragment, long id) {
        this.cityFragment = cityFragment;
        this.id = id;
    }

    /**
     * The first key of its millisecond.
     *
     * @throws IllegalArgumentException if the fragment is none, or the moment lies before 2020 or after 2089
     */
    public static ReplicationLogKey first(int cityFragment, Instant moment) {
        CityFragment.cityOf(cityFragment);
        long millis = moment.toEpochMilli() - EPOCH_MILLIS;
        if (millis < 0 || millis >> MILLIS_BITS != 0) {
            throw new IllegalArgumentException("no row of the log is from " + moment);
        }
        return new ReplicationLogKey(cityFragment, millis << MOMENT_SHIFT | (long) cityFragment << SEQUENCE_BITS);
    }

    /**
     * The key with that id, as a query or a database row gives it back.
     *
     * @throws IllegalArgumentException if there can be none
     */
    public static ReplicationLogKey stored(long id) {
        if (id < 0 || id > ID_MAX) {
            throw new IllegalArgumentException("no row of the log has the id " + id);
        }
        int cityFragment = (int) (id >> SEQUENCE_BITS) & ((1 << FRAGMENT_BITS) - 1);
        CityFragment.cityOf(cityFragment);
        return new ReplicationLogKey(cityFragment, id);
    }

    /** The key after this one in the same fragment: of the same millisecond while it has room, else of the next. */
    public ReplicationLogKey next() {
        long sequence = id & ((1 << SEQUENCE_BITS) - 1);
        return sequence + 1 < 1 << SEQUENCE_BITS
                ? new ReplicationLogKey(cityFragment, id + 1)
                : new ReplicationLogKey(cityFragment, id - sequence + (1L << MOMENT_SHIFT));
    }

    public int cityId() {
        return CityFragment.cityOf(cityFragment);
    }

    @Override
    public int cityFragment() {
        return cityFragment;
    }

    public long id() {
        return id;
    }

    /** Re-checks what {@link #first} promises: the binary reader skips it. */
    private Object readResolve() {
        ReplicationLogKey key = stored(id);
        if (key.cityFragment != cityFragment) {
            throw new IllegalStateException("row " + id + " of the log carries the city fragment " + cityFragment);
        }
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReplicationLogKey that && id == that.id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public int compareTo(ReplicationLogKey that) {
        int order = Integer.compare(cityFragment, that.cityFragment);
        return order != 0 ? order : Long.compare(id, that.id);
    }

    @Override
    public String toString() {
        return "ReplicationLogKey " + cityFragment + "/" + id;
    }
}
