package io.citygrid.grid.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which failures are worth a row of the replication log. Deliveries are tried again every second or so; of what fails, the log
 * gets the beginning, every new reason, and then one row a minute until it is over.
 */
final class Outages {
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    /** Reasons that are remembered of one outage, and things that may fail at the same time. */
    private static final int REMEMBERED_MAX = 100;

    private final Clock clock;
    private final Map<String, Outage> open = new LinkedHashMap<>();

    private record Outage(Instant since, Map<String, Instant> saidAt) {}

    Outages(Clock clock) {
        this.clock = clock;
    }

    /** Whether to log that {@code what} fails, a database or rows that it does not take. */
    synchronized boolean worthSaying(String what, String reason) {
        Instant now = clock.instant();
        if (open.size() == REMEMBERED_MAX && !open.containsKey(what)) {
            open.remove(open.keySet().iterator().next());
        }
        Outage outage = open.computeIfAbsent(what, unused -> new Outage(now, new HashMap<>()));
        Instant said = outage.saidAt.get(reason);
        boolean worth = said == null || !now.isBefore(said.plus(AGAIN_AFTER));
        if (worth) {
            outage.saidAt.values().removeIf(at -> !now.isBefore(at.plus(AGAIN_AFTER)));
            if (outage.saidAt.size() == REMEMBERED_MAX) {
                return false;
            }
            outage.saidAt.put(reason, now);
        }
        return worth;
    }

    /** Notes that {@code what} works; answers since when it had failed, if it had. */
    synchronized Optional<Instant> over(String what) {
        return Optional.ofNullable(open.remove(what)).map(Outage::since);
    }
}
