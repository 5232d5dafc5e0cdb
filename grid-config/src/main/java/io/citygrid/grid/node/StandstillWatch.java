package io.citygrid.grid.node;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process that stood still for longer than the other nodes wait: they have given it up, and what it does next is wrong.
 *
 * <p>Ignite finds out by itself and ends the process too, but only after some seconds. Meanwhile it carries out what waited in
 * its sockets: it prepares sales as a backup, cannot say so to a primary that does not know it any more, rolls them back and
 * counts them as seen ({@code IgniteTxHandler.processDhtTxPrepareRequest}, {@code RollbackRecord}). The others have committed
 * them without it. When it is back, its counters say that it lacks nothing, and its copy misses these sales for good.
 */
final class StandstillWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StandstillWatch.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final String name;
    private final long longestNanos;
    private final ScheduledExecutorService executor;
    private long lookedNanos;

    /** @param longest how long the others wait for a node that is silent */
    StandstillWatch(String name, Duration longest) {
        this.name = name;
        this.longestNanos = longest.toNanos();
        this.executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "standstill-watch-" + name);
            thread.setDaemon(true);
            thread.setPriority(Thread.MAX_PRIORITY);
            return thread;
        });
    }

    void start() {
        lookedNanos = System.nanoTime();
        executor.scheduleWithFixedDelay(
                this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        long stoodStill = now - lookedNanos;
        lookedNanos = now;
        if (stoodStill > longestNanos) {
            try {
                log.error(
                        "node {} stood still for {} ms and has been given up by the others: its process ends at once",
                        name,
                        TimeUnit.NANOSECONDS.toMillis(stoodStill));
            } finally {
                Runtime.getRuntime().halt(Ignition.KILL_EXIT_CODE);
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
