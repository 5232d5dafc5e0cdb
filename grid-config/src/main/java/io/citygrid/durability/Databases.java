package io.citygrid.durability;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's connections to the PostgreSQL databases: one small pool each, opened (and the schema brought up to date) when it is
 * first used, so that a node starts and serves other cities while a database is down. Every wait is bounded.
 */
public final class Databases implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Databases.class);

    /** The write set of a sale is written by the thread that commits it, so this bounds the sales at one time. */
    private static final int CONNECTIONS_MAX = 8;

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final Duration MIGRATE_WITHIN = Duration.ofSeconds(30);

    private final DatabaseSettings settings;
    private final Map<Integer, HikariDataSource> pools = new ConcurrentHashMap<>();
    private final Map<Integer, Reach> reaches = new ConcurrentHashMap<>();

    public Databases(DatabaseSettings settings) {
        this.settings = settings;
    }

    public DatabaseSettings settings() {
        return settings;
    }

    /**
     * A connection to the database that keeps the rows of {@code cityId} (0: the central one), in auto-commit mode.
     *
     * @throws SQLException if there is none within a second, or if the schema cannot be brought up to date
     */
    public Connection connect(int cityId) throws SQLException {
        int home = settings.home(cityId);
        Reach reach = reach(home);
        if (!reach.mayTry()) {
            throw new SQLException("database " + settings.name(home) + " was out of reach a moment ago", "08001");
        }
        try {
            HikariDataSource pool = pools.get(home);
            Connection connection = (pool == null ? open(home) : pool).getConnection();
            if (reach.lost()) {
                log.info("database {} answers again", settings.name(home));
            }
            reach.found();
            return connection;
        } catch (SQLException unreachable) {
            if (!reach.lost()) {
                log.warn("database {} is out of reach: {}", settings.name(home), firstLine(unreachable));
            }
            reach.notFound();
            throw unreachable;
        }
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

    /** Brings the schemas of the databases that a node of {@code cityIds} uses up to date, those that are in reach. */
    public void prepare(Set<Integer> cityIds) {
        Set<Integer> homes = new TreeSet<>(Set.of(DatabaseSettings.CENTRAL));
        cityIds.forEach(city -> homes.add(settings.home(city)));
        for (int home : homes) {
            try {
                connect(home).close();
            } catch (SQLException later) {
                log.warn("{}; it is tried again when it is needed", later.getMessage());
            }
        }
    }

    private synchronized HikariDataSource open(int home) throws SQLException {
        HikariDataSource opened = pools.get(home);
        if (opened != null) {
            return opened;
        }
        try {
            migrate(home);
        } catch (FlywayException unreachable) {
            throw new SQLException(
                    "the schema of database " + settings.name(home) + " could not be checked: "
                            + firstLine(unreachable),
                    "08001",
                    unreachable);
        }
        HikariDataSource pool = new HikariDataSource(poolConfiguration(home));
        pools.put(home, pool);
        return pool;
    }

    private void migrate(int home) {
        Flyway flyway = Flyway.configure(Databases.class.getClassLoader())
                .dataSource(url(home, MIGRATE_WITHIN), settings.user(), settings.password())
                .locations("classpath:db/migration/city")
                .table("flyway_city_history")
                .load();
        int applied = flyway.migrate().migrationsExecuted;
        if (home == DatabaseSettings.CENTRAL) {
            applied += Flyway.configure(Databases.class.getClassLoader())
                    .dataSource(url(home, MIGRATE_WITHIN), settings.user(), settings.password())
                    .locations("classpath:db/migration/central")
                    .table("flyway_central_history")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate()
                    .migrationsExecuted;
        }
        if (applied > 0) {
            log.info("database {}: {} schema migrations applied", settings.name(home), applied);
        }
    }

    private HikariConfig poolConfiguration(int home) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(settings.name(home));
        config.setJdbcUrl(url(home, ANSWER_WITHIN));
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
        pools.values().forEach(HikariDataSource::close);
    }
}
