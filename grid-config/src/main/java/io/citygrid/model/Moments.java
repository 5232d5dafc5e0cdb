package io.citygrid.model;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Points in time as rows keep them: whole milliseconds, so that PostgreSQL (microseconds) and the grid (nanoseconds) hold the
 * same value, in the type that the grid's SQL knows.
 */
public final class Moments {
    private Moments() {}

    /** Now, in whole milliseconds. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The column value for {@code instant}. */
    public static Timestamp column(Instant instant) {
        return Timestamp.from(instant.truncatedTo(ChronoUnit.MILLIS));
    }
}
