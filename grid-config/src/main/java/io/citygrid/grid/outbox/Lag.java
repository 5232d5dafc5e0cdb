package io.citygrid.grid.outbox;

import java.time.Duration;

/**
 * How far a feed is behind: since when there is something that it has not brought on. A feed that hangs falls behind too,
 * whether there is something or not.
 */
public final class Lag {
    private volatile long caughtUpNanos = System.nanoTime();

    /** Called when everything has been brought on that was there at {@code asOfNanos}, of {@link System#nanoTime}. */
    public void caughtUp(long asOfNanos) {
        caughtUpNanos = asOfNanos;
    }

    /** A second or two when all is well: as long as a feed pauses between two rounds. */
    public Duration now() {
        return Duration.ofNanos(System.nanoTime() - caughtUpNanos);
    }
}
