package io.citygrid.durability;

import io.citygrid.durability.PgWriter.Mode;

/**
 * A place that learns of changed rows behind the grid's commits: outbox entries name it, and the drainer delivers to it. The
 * cities' PostgreSQL databases are one; another grid could be. What sells knows nothing of targets.
 */
public interface OutboxTarget {
    /** As outbox entries name it; never changes. */
    String name();

    /** Where the rows of {@code cityId} (0: the central ones) go, as people know the place. */
    String place(int cityId);

    /** Whether {@code place(cityId)} is out of reach, so that trying would be in vain. */
    boolean lost(int cityId);

    /** Why {@code place(cityId)} is out of reach, in the same words for as long as it is for the same reason. */
    String whyLost(int cityId);

    /**
     * Writes rows of {@code cityId}; doing it twice changes nothing.
     *
     * @throws DatabaseRefusal if they did not arrive, or may not have
     */
    void write(WriteSet rows, int cityId, Mode mode);
}
