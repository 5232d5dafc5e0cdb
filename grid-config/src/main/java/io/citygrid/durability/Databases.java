package io.citygrid.durability;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's connections to the PostgreSQL databases: one small pool each, opened in the background when its schema is up to
 * date, so that a node starts and sells while a database is down, and no sale ever waits for a schema. Every wait is bounded.
 */
public final class Databases implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Databases.class);

    /** Half of the threads that sell: while one statement runs, the others check baskets and wait for locks. */
    private static final int CONNECTIONS_MAX = 16;

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);

    /** A sale holds its locks while it waits for this, and others may wait for the sale. */
    private static final Duration CONNECTION_FREE_WITHIN = Duration.ofMillis(700);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

    /** Shorter than the client's patience: a statement that is given up is cancelled, and does not commit later. */
    private static final Duration EXECUTE_WITHIN = Duration.ofMillis(900);

    /** For whoever holds no locks and does much. */
    private static final Duration ASIDE_WITHIN = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration OPEN_WITHIN = Duration.ofSeconds(5);
    private static final Duration OPEN_AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final DatabaseSettings settings;
    private final Map<Integer, HikariDataSource> pools = new ConcurrentHashMap<>();
    private final Map<Integer, Breaker> breakers;
    private final ScheduledExecutorService watchers;
    private final Map<Integer, String> unsafe = new ConcurrentHashMap<>();

    public Databases(DatabaseSettings settings) {
        this.settings = settings;
        this.breakers = settings.urls().keySet().stream()
                .collect(Collectors.toUnmodifiableMap(home -> home, home -> new Breaker(settings.name(home))));
        // One thread each: a database that hangs must not keep the others from being found again.
        this.watchers = Executors.newScheduledThreadPool(settings.urls().size(), work -> {
            Thread thread = new Thread(work, "database-watcher");
            thread.setDaemon(true);
            return thread;
        });
    }

    public DatabaseSettings settings() {
        return settings;
    }

    /** Opens every database that answers soon, and goes on watching all of them in the background. */
    public void open() {
        CountDownLatch tried = new CountDownLatch(settings.urls().size());
        for (int home : settings.urls().keySet()) {
            watchers.scheduleWithFixedDelay(
                    () -> {
                        watch(home);
                        tried.countDown();
                    },
                    0,
                    LOOK_EVERY.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
        try {
            if (!tried.await(OPEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                log.info("a database does not answer yet; the node starts without it");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(int home) {
        try {
            openIfMissing(home);
            HikariDataSource pool = pools.get(home);
            if (pool != null && breaker(home).lost()) {
                breaker(home).probe(() -> fresh(home, pool));
            }
        } catch (RuntimeException unexpected) {
            log.warn("watching database {} failed and will be tried again", settings.name(home), unexpected);
        }
    }

    /** Connections from before an outage may hang in it. */
    private Connection fresh(int home, HikariDataSource pool) throws SQLException {
        pool.getHikariPoolMXBean().softEvictConnections();
        return safe(home, pool);
    }

    /**
     * A connection to a server that keeps what it confirms. One that does not counts as out of reach: what it confirmed would be told to
     * customers as paid. The stores sell meanwhile, and it is told when it has been set right.
     */
    private Connection safe(int home, HikariDataSource pool) throws SQLException {
        Connection connection;
        try {
            connection = pool.getConnection();
        } catch (SQLException down) {
            // It may be set right when it is back.
            unsafe.remove(home);
            throw down;
        }
        try {
            List<String> problems = PgSafety.ask(connection, Clock.systemUTC()).problems();
            if (problems.isEmpty()) {
                unsafe.remove(home);
                return connection;
            }
            String reason = String.join("; ", problems);
            if (unsafe.put(home, reason) == null) {
                log.error("database {} is not used before this is put right: {}", settings.name(home), reason);
            }
            throw new SQLException("it is not safe: " + reason);
        } catch (SQLException notUsable) {
            connection.close();
            throw notUsable;
        }
    }

    /** Why databases that answer are not used, by their names. */
    public Map<String, String> unsafe() {
        Map<String, String> reasons = new TreeMap<>();
        unsafe.forEach((home, reason) -> reasons.put(settings.name(home), reason));
        return reasons;
    }

    private void openIfMissing(int home) {
        if (pools.containsKey(home)) {
            return;
        }
        try {
            Schema.update(settings, home, url(home, Schema.UPDATE_WITHIN));
            HikariDataSource pool = new HikariDataSource(poolConfiguration(home));
            pools.put(home, pool);
            breaker(home).probeSoon();
            breaker(home).probe(() -> safe(home, pool));
        } catch (FlywayException unreachable) {
            breaker(home).failed(0, unreachable);
            pauseBeforeNextOpening();
        }
    }

    private static void pauseBeforeNextOpening() {
        try {
            TimeUnit.NANOSECONDS.sleep(OPEN_AGAIN_AFTER.toNanos());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A connection to the database that keeps the rows of {@code cityId} (0: the central one), in auto-commit mode.
     *
     * @throws SQLException if there is none in time; at once while the database is out of reach
     */
    public Connection connect(int cityId) throws SQLException {
        int home = settings.home(cityId);
        HikariDataSource pool = pools.get(home);
        Breaker breaker = breaker(home);
        if (pool == null || breaker.lost()) {
            throw new SQLException(
                    "database " + settings.name(home) + " is out of reach: "
                            + breaker.state().reason(),
                    "08001");
        }
        long begun = System.nanoTime();
        try {
            return pool.getConnection();
        } catch (SQLException none) {
            breaker.failed(System.nanoTime() - begun, none);
            throw none;
        }
    }

    /**
     * A connection of its own to the database that keeps the rows of {@code cityId}, for whoever holds no grid locks and does
     * much; it does not count against the sales' connections and its statements may take a minute.
     *
     * @throws SQLException if there is none in time
     */
    public Connection connectAside(int cityId) throws SQLException {
        int home = settings.home(cityId);
        if (pools.get(home) == null || breaker(home).lost()) {
            throw new SQLException("database " + settings.name(home) + " is out of reach", "08001");
        }
        Properties login = new Properties();
        login.setProperty("user", settings.user());
        login.setProperty("password", settings.password());
        return DriverManager.getConnection(url(home, ASIDE_WITHIN), login);
    }

    /** Called when a statement for the database of {@code cityId} was committed after {@code nanos}. */
    void committed(int cityId, long nanos) {
        breaker(settings.home(cityId)).committed(nanos);
    }

    /** Called when the database of {@code cityId} did not do what it was asked, for a reason that is not the rows'. */
    void failed(int cityId, long nanos, Throwable why) {
        breaker(settings.home(cityId)).failed(nanos, why);
    }

    /** Whether the database that keeps the rows of {@code cityId} is out of reach, so that nobody has to wait for it. */
    public boolean lost(int cityId) {
        return breaker(settings.home(cityId)).lost();
    }

    /** Since when, and why, the database that keeps the rows of {@code cityId} is in reach or not. */
    public Reachability reachability(int cityId) {
        Breaker.State state = breaker(settings.home(cityId)).state();
        return new Reachability(!state.lost(), state.since(), state.reason());
    }

    /** Asks a database that is in reach whether it still is, for whoever holds no locks. */
    public void ask(int cityId) {
        if (lost(cityId)) {
            return;
        }
        long begun = System.nanoTime();
        try (Connection connection = connect(cityId);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        } catch (SQLException unreachable) {
            failed(cityId, System.nanoTime() - begun, unreachable);
        }
    }

    /** Has every database that is out of reach tried at once, in the background. */
    public void tryAgainNow() {
        breakers.values().forEach(Breaker::probeSoon);
    }

    private Breaker breaker(int home) {
        return Objects.requireNonNull(breakers.get(home));
    }

    private HikariConfig poolConfiguration(int home) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(settings.name(home));
        config.setJdbcUrl(url(home, ANSWER_WITHIN) + "&options=-c%20statement_timeout=" + EXECUTE_WITHIN.toMillis());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECTION_FREE_WITHIN.toMillis());
        config.setValidationTimeout(Duration.ofMillis(500).toMillis());
        config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        config.setInitializationFailTimeout(-1);
        return config;
    }

    private String url(int home, Duration answerWithin) {
        String url = settings.urls().get(home);
        return url + (url != null && url.contains("?") ? "&" : "?") + "ApplicationName=citygrid-pos&tcpKeepAlive=true"
                + "&connectTimeout=" + CONNECT_WITHIN.toSeconds() + "&loginTimeout=" + CONNECT_WITHIN.toSeconds()
                + "&socketTimeout=" + answerWithin.toSeconds();
    }

    @Override
    public void close() {
        watchers.shutdownNow();
        try {
            if (!watchers.awaitTermination(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("a database is still being tried while its connections are closed");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        pools.values().forEach(HikariDataSource::close);
    }
}
