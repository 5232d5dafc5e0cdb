package io.citygrid.grid.outbox;

import io.citygrid.model.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores whose orders a feed cannot bring on: one that fails is left alone for a moment, and what lasts is said every minute. */
public final class StuckStores {
    private static final Logger log = LoggerFactory.getLogger(StuckStores.class);

    private static final Duration LEFT_ALONE = Duration.ofSeconds(2);
    private static final Duration SAID_EVERY = Duration.ofMinutes(1);

    private final String where;
    private final Map<StoreKey, Stuck> stuck = new HashMap<>();

    /** @param saidLast at first the moment since when it is stuck */
    private record Stuck(Instant saidLast, Instant notBefore) {}

    /** @param where the orders should come, in words */
    public StuckStores(String where) {
        this.where = where;
    }

    /** Forgets all others, which are other nodes' now. */
    public void retain(Collection<StoreKey> stores) {
        stuck.keySet().retainAll(stores);
    }

    /** Whether it failed a moment ago. */
    public boolean isLeftAlone(StoreKey store) {
        Stuck known = stuck.get(store);
        return known != null && Instant.now().isBefore(known.notBefore);
    }

    /** Its orders have come. */
    public void over(StoreKey store) {
        stuck.remove(store);
    }

    /** Its orders cannot come yet. */
    public void waits(StoreKey store, String why) {
        say(store, why, null, Duration.ZERO);
    }

    /** Its orders could not be brought. */
    public void failed(StoreKey store, Exception why) {
        log.debug("{} is brought to {} later", store, where, why);
        say(store, String.valueOf(why.getMessage()), why, LEFT_ALONE);
    }

    private void say(StoreKey store, String why, @Nullable Exception thrown, Duration pause) {
        Instant now = Instant.now();
        Stuck before = stuck.get(store);
        Instant saidLast = before == null ? now : before.saidLast;
        if (saidLast.plus(SAID_EVERY).isBefore(now)) {
            log.warn(
                    "{}: its orders have not come into {} for {} s: {}. If that lasts, run `./pos load reconcile`",
                    store,
                    where,
                    SAID_EVERY.toSeconds(),
                    why,
                    thrown);
            saidLast = now;
        }
        stuck.put(store, new Stuck(saidLast, now.plus(pause)));
    }
}
