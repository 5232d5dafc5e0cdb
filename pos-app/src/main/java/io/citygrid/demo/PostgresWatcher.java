package io.citygrid.demo;

import io.citygrid.launch.CannotStart;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the demo's PostgreSQL again ten seconds after it died: long enough to see the chain sell on without it. */
final class PostgresWatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresWatcher.class);

    /** How long it stays down. */
    static final Duration BACK_AFTER = Duration.ofSeconds(10);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final EmbeddedPostgres postgres;
    private final Duration backAfter;
    private final Consumer<String> tell;
    private final ScheduledExecutorService executor;
    private @Nullable Long diedAtNanos;

    /** @param tell where to say, for people, what happened */
    PostgresWatcher(EmbeddedPostgres postgres, Duration backAfter, Consumer<String> tell) {
        this.postgres = postgres;
        this.backAfter = backAfter;
        this.tell = tell;
        this.executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "postgres-watcher");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        executor.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (postgres.isRunning()) {
                diedAtNanos = null;
            } else if (diedAtNanos == null) {
                diedAtNanos = System.nanoTime();
                tell.accept("PostgreSQL is down; it is started again in " + backAfter.toSeconds() + " s");
            } else if (System.nanoTime() - diedAtNanos >= backAfter.toNanos()) {
                diedAtNanos = null;
                postgres.start();
                tell.accept("PostgreSQL is back");
            }
        } catch (CannotStart notYet) {
            if (!Thread.currentThread().isInterrupted()) {
                tell.accept("PostgreSQL is still down: " + notYet.getMessage());
            }
        } catch (RuntimeException unexpected) {
            log.warn("looking after PostgreSQL failed", unexpected);
        }
    }

    /** Looks no longer, and waits for a start that is under way to end. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
