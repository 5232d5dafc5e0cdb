package io.citygrid.grid.outbox;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.grid.RolledBack;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.cache.CacheException;
import org.apache.ignite.IgniteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a piece of background work, and waits longer while it does not succeed. */
public final class Rounds implements AutoCloseable {
    /** What one round takes on at most. */
    static final int BATCH_MAX = 500;

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private static final long PAUSE_MILLIS = 100;
    private static final long PAUSE_MAX_MILLIS = 2_000;
    private static final int FAILURES_REPORTED = 30;
    private static final long STOP_WITHIN_MILLIS = 10_000;

    private final String name;
    private final BooleanSupplier work;
    private final ScheduledExecutorService executor;
    private final long pauseMinMillis;
    private long pauseMillis;
    private int failures;

    /** @param work one round; answers whether all went well */
    public Rounds(String name, BooleanSupplier work) {
        this(name, Duration.ofMillis(PAUSE_MILLIS), work);
    }

    /**
     * @param pause between two rounds that went well
     * @param work one round; answers whether all went well
     */
    public Rounds(String name, Duration pause, BooleanSupplier work) {
        this.name = name;
        this.work = work;
        this.pauseMinMillis = pause.toMillis();
        this.pauseMillis = pauseMinMillis;
        ScheduledThreadPoolExecutor single = new ScheduledThreadPoolExecutor(1, round -> {
            Thread thread = new Thread(round, name);
            thread.setDaemon(true);
            return thread;
        });
        // Else a node that stops would wait for the pause of each of them and for one more round.
        single.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.executor = single;
    }

    /** Begins the first round shortly. */
    public void start() {
        executor.schedule(this::round, pauseMillis, TimeUnit.MILLISECONDS);
    }

    /** A round besides the planned ones, as soon as the one that is under way has ended; done when it has ended itself. */
    Future<?> now() {
        return executor.submit(this::once);
    }

    private void round() {
        try {
            once();
        } finally {
            if (!executor.isShutdown()) {
                start();
            }
        }
    }

    private void once() {
        boolean well = false;
        try {
            well = work.getAsBoolean();
            failures = 0;
        } catch (RuntimeException later) {
            // Nodes join and leave, the cluster is not active yet: what is left undone is done in a later round.
            report(later);
        } finally {
            pauseMillis = well ? pauseMinMillis : Math.max(pauseMinMillis, Math.min(PAUSE_MAX_MILLIS, pauseMillis * 2));
        }
    }

    private void report(RuntimeException later) {
        failures++;
        boolean expected = later instanceof IgniteException
                || later instanceof CacheException
                || later instanceof RolledBack
                || later instanceof DatabaseRefusal
                || later instanceof IllegalStateException;
        if (failures % FAILURES_REPORTED == (expected ? 0 : 1)) {
            log.warn("{} has failed {} times in a row and goes on trying", name, failures, later);
        } else {
            log.debug("{} tries again", name, later);
        }
    }

    /** Ends after the round that is under way. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_WITHIN_MILLIS, TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException stopping) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
