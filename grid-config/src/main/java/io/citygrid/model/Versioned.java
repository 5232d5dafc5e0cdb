package io.citygrid.model;

import java.time.Instant;

/**
 * A row that changes: its version rises by one at each change, under the row's lock, so that of two copies of a row the one
 * with the higher version is the newer.
 *
 * @param <V> the row itself
 */
public interface Versioned<V extends Versioned<V>> {
    /** The version of a row that was just created. */
    long FIRST = 1;

    /** 1 for a new row, one more at each change. */
    long version();

    /** Whether the business content is the same, whatever the versions and timestamps. */
    boolean sameContentAs(V other);

    /** This content as the successor of {@code previous}: the next version, created when the other was, changed now. */
    V succeeding(V previous, Instant changedAt);
}
