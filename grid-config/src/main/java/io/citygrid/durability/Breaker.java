package io.citygrid.durability;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker of one database. While it is open nobody waits for the database: sales go to the outbox at once. Sales
 * never try a lost database; a probe in the background does, less often the longer the outage lasts, and closes the breaker.
 */
final class Breaker {
    private static final Logger log = LoggerFactory.getLogger(Breaker.class);

    /** One statement that fails opens it; of statements that are only slow, half of the last ones. */
    private static final int STATEMENTS_LOOKED_AT = 10;

    private static final float FAILED_PERCENT = 100f / STATEMENTS_LOOKED_AT;
    private static final float SLOW_PERCENT = 50;

    /** A statement of a sale takes a few milliseconds; its sale holds locks for as long. */
    private static final Duration SLOW = Duration.ofMillis(750);

    private static final Duration PROBE_AFTER = Duration.ofMillis(500);
    private static final double PROBE_LATER_BY = 1.5;
    private static final Duration PROBE_AFTER_MAX = Duration.ofSeconds(2);

    /** What the database's users know of it. */
    record State(boolean lost, Instant since, String reason) {}

    /** Opens a connection that does not ask this breaker. */
    interface Connector {
        Connection connect() throws SQLException;
    }

    private final String database;
    private final CircuitBreaker breaker;
    private volatile State state;

    Breaker(String database) {
        this.database = database;
        this.breaker = CircuitBreaker.of(
                database,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(STATEMENTS_LOOKED_AT)
                        .minimumNumberOfCalls(1)
                        .failureRateThreshold(FAILED_PERCENT)
                        .slowCallRateThreshold(SLOW_PERCENT)
                        .slowCallDurationThreshold(SLOW)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialBackoff(PROBE_AFTER, PROBE_LATER_BY, PROBE_AFTER_MAX))
                        .build());
        // Lost until the first probe has found it.
        this.state = new State(true, Instant.now(), "it has not been reached yet");
        breaker.transitionToOpenState();
    }

    boolean lost() {
        return state.lost();
    }

    State state() {
        return state;
    }

    /** A statement that was sent has been committed. */
    void committed(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        follow("it answers, but takes longer than " + SLOW.toMillis() + " ms");
    }

    /** No connection could be had, or a statement that was sent ended without an answer that concerns its rows. */
    void failed(long nanos, Throwable why) {
        breaker.onError(nanos, TimeUnit.NANOSECONDS, why);
        follow(firstLine(why));
    }

    /** Tries a lost database if it is time to, and closes the breaker if it answers. */
    void probe(Connector connector) {
        if (!breaker.tryAcquirePermission()) {
            return;
        }
        long begun = System.nanoTime();
        try (Connection connection = connector.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            follow("its answer took too long");
        } catch (SQLException | RuntimeException unreachable) {
            breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, unreachable);
            follow(firstLine(unreachable));
        }
    }

    /** Lets the next probe try at once. */
    void probeSoon() {
        if (lost() && breaker.getState() == CircuitBreaker.State.OPEN) {
            breaker.transitionToHalfOpenState();
        }
    }

    private synchronized void follow(String reason) {
        boolean lost = breaker.getState() != CircuitBreaker.State.CLOSED;
        State before = state;
        if (lost == before.lost()) {
            if (lost && !before.reason().equals(reason)) {
                state = new State(true, before.since(), reason);
            }
            return;
        }
        state = new State(lost, Instant.now(), lost ? reason : "");
        if (lost) {
            log.warn("database {} is out of reach, what it misses is queued: {}", database, reason);
        } else {
            log.info("database {} answers", database);
        }
    }

    private static String firstLine(Throwable thrown) {
        String deepest = thrown.getClass().getSimpleName();
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            deepest = Optional.ofNullable(cause.getMessage())
                    .flatMap(message -> message.lines().findFirst())
                    .orElse(deepest);
        }
        return deepest;
    }
}
