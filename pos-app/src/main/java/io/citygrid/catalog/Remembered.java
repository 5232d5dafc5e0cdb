package io.citygrid.catalog;

import io.citygrid.grid.client.OutcomeUnknown;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something read from the grid and kept in memory. It is read again on demand, but not without a pause, and callers share a
 * read: ids that do not exist must not turn into a query each. While the grid does not answer, callers are told so at once
 * instead of queueing for it.
 */
final class Remembered<T> {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Supplier<T> read;
    private final long pauseNanos;
    private volatile T value;
    private boolean tried;
    private long startedAtNanos;
    private long endedAtNanos;
    private @Nullable OutcomeUnknown failure;

    Remembered(T initial, Supplier<T> read) {
        this(initial, read, PAUSE);
    }

    Remembered(T initial, Supplier<T> read, Duration pause) {
        this.value = initial;
        this.read = read;
        this.pauseNanos = pause.toNanos();
    }

    /** As it was when it was last read. */
    T last() {
        return value;
    }

    /**
     * As it was a pause ago or later.
     *
     * @throws OutcomeUnknown if the grid does not answer
     */
    synchronized T recent() {
        return tried && System.nanoTime() - endedAtNanos < pauseNanos ? known() : readNow();
    }

    /**
     * As it is now: from a read that began after this call.
     *
     * @throws OutcomeUnknown if the grid does not answer
     */
    T renewed() {
        long askedAtNanos = System.nanoTime();
        synchronized (this) {
            boolean shared = tried && startedAtNanos - askedAtNanos >= 0;
            boolean failedJustNow = failure != null && System.nanoTime() - endedAtNanos < pauseNanos;
            if (shared || failedJustNow) {
                return known();
            }
            awaitPause();
            return readNow();
        }
    }

    private void awaitPause() {
        long left = tried ? startedAtNanos + pauseNanos - System.nanoTime() : 0;
        try {
            TimeUnit.NANOSECONDS.sleep(left);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknown("interrupted while waiting to read", stopping);
        }
    }

    private T readNow() {
        startedAtNanos = System.nanoTime();
        try {
            value = read.get();
            failure = null;
        } catch (OutcomeUnknown noAnswer) {
            failure = noAnswer;
        }
        tried = true;
        endedAtNanos = System.nanoTime();
        return known();
    }

    private T known() {
        if (failure != null) {
            throw new OutcomeUnknown("the grid could not be read just now", failure);
        }
        return value;
    }
}
