package io.citygrid.bench.drive;

import java.time.Duration;

/** What a number of registers did in a stretch of time. */
public record Driven(Tally tally, Duration took) {
    /** Requests that were done, per second. */
    public double perSecond() {
        return tally.done() * 1e9 / took.toNanos();
    }
}
