package io.citygrid.grid.outbox;

import io.citygrid.model.outbox.OutboxKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Outbox entries that their target refuses: left alone for a while, so that the others get their turn. */
final class SetAside {
    private static final Duration FOR = Duration.ofSeconds(10);
    private static final int REMEMBERED_MAX = 10_000;

    private final Map<OutboxKey, Instant> until = new LinkedHashMap<>();
    private volatile boolean endsNow;

    void add(OutboxKey entry) {
        if (until.size() < REMEMBERED_MAX) {
            until.put(entry, Instant.now().plus(FOR));
        }
    }

    boolean contains(OutboxKey entry) {
        return until.containsKey(entry);
    }

    /** Has every entry tried in the next round; may be called by any thread. */
    void endNow() {
        endsNow = true;
    }

    /** To be called before a round: forgets those whose time is over. */
    void forget() {
        if (endsNow) {
            endsNow = false;
            until.clear();
        }
        until.values().removeIf(Instant.now()::isAfter);
    }
}
