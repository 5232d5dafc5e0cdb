package io.citygrid.demo;

import java.time.Duration;

/** How long to wait before a process that died is started again: longer each time, until it has lived for a while. */
final class BackOff {
    static final Duration FIRST = Duration.ofSeconds(3);
    static final Duration LONGEST = Duration.ofSeconds(60);
    static final Duration LIVED_LONG = Duration.ofSeconds(60);

    private Duration next = FIRST;

    /** @param lived how long the process that has just died had lived */
    Duration after(Duration lived) {
        if (lived.compareTo(LIVED_LONG) >= 0) {
            next = FIRST;
        }
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return pause;
    }
}
