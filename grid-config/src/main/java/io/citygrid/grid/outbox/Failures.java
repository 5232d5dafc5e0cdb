package io.citygrid.grid.outbox;

import io.citygrid.durability.Databases;
import io.citygrid.durability.Reachability;

/** What the replication log says of a failure: the same words as long as it fails for the same reason. */
final class Failures {
    private Failures() {}

    /** Why the database that keeps the rows of {@code cityId} did not take some. */
    static String words(Databases databases, int cityId, Exception thrown) {
        Reachability reachability = databases.reachability(cityId);
        return reachability.reachable()
                ? String.valueOf(thrown.getMessage())
                : "out of reach: " + reachability.reason();
    }
}
