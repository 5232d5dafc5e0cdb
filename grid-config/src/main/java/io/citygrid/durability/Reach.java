package io.citygrid.durability;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a database was in reach when it was last tried. While it is not, one caller a second tries it and all others are
 * refused at once: a sale that waited for a dead server would hold its locks meanwhile.
 */
final class Reach {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final long IN_REACH = 0;

    private final AtomicLong retryAtNanos = new AtomicLong(IN_REACH);

    /** Whether the caller may try: always while the database is in reach, else the first one after a second. */
    boolean mayTry() {
        long retryAt = retryAtNanos.get();
        return retryAt == IN_REACH
                || (System.nanoTime() - retryAt >= 0 && retryAtNanos.compareAndSet(retryAt, later()));
    }

    /** Whether the last try failed. */
    boolean lost() {
        return retryAtNanos.get() != IN_REACH;
    }

    void found() {
        retryAtNanos.set(IN_REACH);
    }

    void notFound() {
        retryAtNanos.set(later());
    }

    private static long later() {
        long later = System.nanoTime() + RETRY_AFTER.toNanos();
        return later == IN_REACH ? 1 : later;
    }
}
