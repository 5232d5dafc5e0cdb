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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
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

    private final Map<Integer, HikariDataSource> pools = new ConcurrentHashMap<>();
    private final Map<Integer, Breaker> breakers = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor watchers;
    private final Map<Integer, String> unsafe = new ConcurrentHashMap<>();
    private volatile DatabaseSettings settings;
    private volatile boolean complete = true;
    private volatile ObjLongConsumer<String> timing = (database, nanos) -> {};

    public Databases(DatabaseSettings settings) {
        this.settings = settings;
        // One thread each: a database that hangs must not keep the others from being found again.
        this.watchers = new ScheduledThreadPoolExecutor(settings.urls().size(), work -> {
            Thread thread = new Thread(work, "database-watcher");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Those that the node was started with, and those that it learned of since. */
    public DatabaseSettings settings() {
        return settings;
    }

    /**
     * Says that there may be databases which the grid knows and this node does not yet: until {@link #learn}, cities without a
     * database of their own count as cities whose database is out of reach, so that nothing of them goes to the central one.
     */
    public void expectMore() {
        complete = false;
    }

    /** Whether all databases are known, so that rows of a city without one belong to the central one. */
    public boolean complete() {
        return complete;
    }

    /**
     * Takes over what the grid knows of the databases of cities that were added while it ran; to be called again and again.
     *
     * @param urls all of them, by city id; they outrank what this node was started with, since all nodes need the same
     * @return the ids of the cities whose database is new to this node
     */
    public synchronized Set<Integer> learn(Map<Integer, String> urls) {
        Set<Integer> learned = new TreeSet<>();
        urls.forEach((cityId, url) -> {
            String before = settings.urls().get(cityId);
            if (!url.equals(before)) {
                settings = settings.with(cityId, url);
                learned.add(cityId);
                if (before == null) {
                    log.info("the rows of city {} are kept in {}", cityId, url);
                    watchers.setCorePoolSize(settings.urls().size());
                    watchers.scheduleWithFixedDelay(
                            () -> watch(cityId), 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    log.warn(
                            "the grid keeps the rows of city {} in {}, not in {}, with which this node was started",
                            cityId,
                            url,
                            before);
                    reopen(cityId);
                }
            }
        });
        complete = true;
        return learned;
    }

    private void reopen(int home) {
        HikariDataSource old = pools.remove(home);
        if (old != null) {
            old.close();
        }
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
        int home = home(cityId);
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
        int home = home(cityId);
        if (pools.get(home) == null || breaker(home).lost()) {
            throw new SQLException("database " + settings.name(home) + " is out of reach", "08001");
        }
        return DriverManager.getConnection(url(home, ASIDE_WITHIN), settings.login());
    }

    /** Has {@code timing} told of every write set that is committed: in which database, and after how many nanoseconds. */
    public void timeStatements(ObjLongConsumer<String> timing) {
        this.timing = timing;
    }

    /** Called when a statement for the database of {@code cityId} was committed after {@code nanos}. */
    void committed(int cityId, long nanos) {
        timing.accept(settings.name(cityId), nanos);
        breaker(settings.home(cityId)).committed(nanos);
    }

    /** Called when the database of {@code cityId} did not do what it was asked, for a reason that is not the rows'. */
    void failed(int cityId, long nanos, Throwable why) {
        breaker(settings.home(cityId)).failed(nanos, why);
    }

    /** Whether the database that keeps the rows of {@code cityId} is out of reach, so that nobody has to wait for it. */
    public boolean lost(int cityId) {
        return !known(cityId) || breaker(settings.home(cityId)).lost();
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

    private boolean known(int cityId) {
        return complete || settings.urls().containsKey(cityId);
    }

    private int home(int cityId) throws SQLException {
        if (!known(cityId)) {
            throw new SQLException("it is not known yet where the rows of city " + cityId + " are kept", "08001");
        }
        return settings.home(cityId);
    }

    private Breaker breaker(int home) {
        return breakers.computeIfAbsent(home, unused -> new Breaker(settings.name(home)));
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
        return bounded(String.valueOf(settings.urls().get(home)), answerWithin);
    }

    /** {@code url} with a limit to every wait. */
    static String bounded(String url, Duration answerWithin) {
        return url + (url.contains("?") ? "&" : "?") + "ApplicationName=citygrid-pos&tcpKeepAlive=true"
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
