package io.citygrid.durability;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's connections to the PostgreSQL databases: one small pool each, opened in the background when its schema is up to
 * date, so that a node starts and serves other cities while a database is down, and no sale ever waits for a schema. Every wait
 * is bounded.
 */
public final class Databases implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Databases.class);

    /** Half of the threads that sell: while one statement runs, the others check baskets and wait for locks. */
    private static final int CONNECTIONS_MAX = 16;

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    /** Shorter than the client's patience: a statement that is given up is cancelled, and does not commit later. */
    private static final Duration EXECUTE_WITHIN = Duration.ofMillis(1500);

    private static final Duration OPEN_AGAIN_AFTER = Duration.ofSeconds(1);

    private final DatabaseSettings settings;
    private final Map<Integer, HikariDataSource> pools = new ConcurrentHashMap<>();
    private final Map<Integer, Reach> reaches = new ConcurrentHashMap<>();
    private final ScheduledExecutorService opener;

    public Databases(DatabaseSettings settings) {
        this.settings = settings;
        this.opener = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "database-opener");
            thread.setDaemon(true);
            return thread;
        });
    }

    public DatabaseSettings settings() {
        return settings;
    }

    /** Opens every database that is in reach, and goes on trying the others in the background. */
    public void open() {
        openMissing();
        long millis = OPEN_AGAIN_AFTER.toMillis();
        opener.scheduleWithFixedDelay(this::openMissing, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void openMissing() {
        for (int home : settings.urls().keySet()) {
            if (!pools.containsKey(home)) {
                try {
                    Schema.update(settings, home, url(home, Schema.UPDATE_WITHIN));
                    pools.put(home, new HikariDataSource(poolConfiguration(home)));
                    found(home);
                } catch (FlywayException unreachable) {
                    notFound(home, unreachable);
                }
            }
        }
    }

    /**
     * A connection to the database that keeps the rows of {@code cityId} (0: the central one), in auto-commit mode.
     *
     * @throws SQLException if there is none within a second; at once if there was none a moment ago
     */
    public Connection connect(int cityId) throws SQLException {
        int home = settings.home(cityId);
        HikariDataSource pool = pools.get(home);
        if (pool == null || !reach(home).mayTry()) {
            throw new SQLException("database " + settings.name(home) + " was out of reach a moment ago", "08001");
        }
        try {
            Connection connection = pool.getConnection();
            found(home);
            return connection;
        } catch (SQLTransientConnectionException none) {
            if (none.getCause() != null) {
                notFound(home, none);
            }
            throw none;
        } catch (SQLException unreachable) {
            notFound(home, unreachable);
            throw unreachable;
        }
    }

    private void found(int home) {
        if (reach(home).lost()) {
            log.info("database {} answers again", settings.name(home));
        }
        reach(home).found();
    }

    private void notFound(int home, Throwable why) {
        if (!reach(home).lost()) {
            log.warn("database {} is out of reach: {}", settings.name(home), firstLine(why));
        }
        reach(home).notFound();
    }

    /** Called when the database that keeps the rows of {@code cityId} broke off: it is left alone for a moment. */
    void suspect(int cityId) {
        int home = settings.home(cityId);
        notFound(home, new SQLException("a connection broke"));
    }

    /** Whether the database that keeps the rows of {@code cityId} could not be reached when it was last tried. */
    public boolean lost(int cityId) {
        return reach(settings.home(cityId)).lost();
    }

    /** Tries to reach the database that keeps the rows of {@code cityId}, for whoever holds no locks. */
    public boolean answers(int cityId) {
        try (Connection connection = connect(cityId)) {
            return connection.isValid((int) ANSWER_WITHIN.toSeconds());
        } catch (SQLException unreachable) {
            return false;
        }
    }

    private Reach reach(int home) {
        return reaches.computeIfAbsent(home, unused -> new Reach());
    }

    private HikariConfig poolConfiguration(int home) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(settings.name(home));
        config.setJdbcUrl(url(home, ANSWER_WITHIN) + "&options=-c%20statement_timeout=" + EXECUTE_WITHIN.toMillis());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECT_WITHIN.toMillis());
        config.setValidationTimeout(Duration.ofMillis(500).toMillis());
        config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        config.setInitializationFailTimeout(-1);
        return config;
    }

    private String url(int home, Duration answerWithin) {
        String url = settings.urls().get(home);
        return url + (url != null && url.contains("?") ? "&" : "?") + "ApplicationName=citygrid-pos&tcpKeepAlive=true"
                + "&connectTimeout=" + CONNECT_WITHIN.toSeconds() + "&loginTimeout=" + ANSWER_WITHIN.toSeconds()
                + "&socketTimeout=" + answerWithin.toSeconds();
    }

    private static String firstLine(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        opener.shutdownNow();
        pools.values().forEach(HikariDataSource::close);
    }
}
