package io.citygrid.bench.contender;

import io.citygrid.bench.cost.ServerCounters;
import io.citygrid.durability.DatabaseSettings;
import io.citygrid.launch.CannotStart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL server that all systems share, one at a time. Its databases are made for a run and dropped after it.
 *
 * @param user may make databases
 * @param postmaster the server's process, if it runs on this machine
 */
public record BenchServer(String host, int port, String user, String password, OptionalLong postmaster) {
    private static final String MAINTENANCE = "postgres";
    private static final Duration CALL_WITHIN = Duration.ofMinutes(1);

    /** A check reads all that a run has written, and a fill may write millions of rows. */
    private static final Duration CHECK_WITHIN = Duration.ofMinutes(15);

    public String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** A connection to {@code database}, on which every call ends within a minute. */
    public Connection connect(String database) throws SQLException {
        return connect(database, CALL_WITHIN);
    }

    private Connection connect(String database, Duration callWithin) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", String.valueOf(callWithin.toSeconds()));
        return DriverManager.getConnection(url(database), properties);
    }

    /** A new and empty database; one of that name from an earlier run is dropped. */
    void create(String database) {
        drop(database);
        administer("CREATE DATABASE " + database);
    }

    void drop(String database) {
        administer("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    private void administer(String sql) {
        try (Connection connection = connect(MAINTENANCE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new CannotStart("PostgreSQL refused '" + sql + "': " + refused.getMessage(), refused);
        }
    }

    /** Runs a script of this package's resources, with {@code ${name}} replaced. */
    void run(String database, String script, Map<String, String> values) {
        runTogether(database, List.of(script), values);
    }

    /** Runs scripts in one transaction. */
    void runTogether(String database, List<String> scripts, Map<String, String> values) {
        String sql = scripts.stream().map(BenchServer::read).collect(Collectors.joining("\n"));
        for (Map.Entry<String, String> value : values.entrySet()) {
            sql = sql.replace("${" + value.getKey() + "}", value.getValue());
        }
        try (Connection connection = connect(database, CHECK_WITHIN);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            connection.commit();
        } catch (SQLException refused) {
            throw new CannotStart("PostgreSQL refused " + scripts + ": " + refused.getMessage(), refused);
        }
    }

    /** As after a night: what was loaded is known to the planner and needs no cleaning. */
    void tidy(String database) {
        execute(database, "VACUUM ANALYZE");
    }

    /** Brings what was written to the data files, so that nobody pays for what somebody else wrote. */
    public void checkpoint() {
        execute(MAINTENANCE, "CHECKPOINT");
    }

    private void execute(String database, String sql) {
        try (Connection connection = connect(database, CHECK_WITHIN);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new IllegalStateException(
                    "PostgreSQL refused " + sql + " in " + database + ": " + refused.getMessage(), refused);
        }
    }

    private static String read(String script) {
        try (@Nullable InputStream text = BenchServer.class.getResourceAsStream("/bench/" + script)) {
            if (text == null) {
                throw new CannotStart(script + " is missing in the program: build it again");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new CannotStart(script + " cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    /** The first column of the first row of a query. */
    long number(String database, String sql) {
        try (Connection connection = connect(database, CHECK_WITHIN);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(database + " cannot be looked at: " + failed.getMessage(), failed);
        }
    }

    /** Where nodes find three databases of theirs. */
    DatabaseSettings settings(String central, Map<Integer, String> cities) {
        Map<Integer, String> urls = new TreeMap<>();
        urls.put(DatabaseSettings.CENTRAL, url(central));
        cities.forEach((city, database) -> urls.put(city, url(database)));
        return new DatabaseSettings(urls, user, password);
    }

    /** Its counters, read over a connection of their own. */
    public ServerCounters counters() {
        try {
            return new ServerCounters(connect(MAINTENANCE), postmaster);
        } catch (SQLException refused) {
            throw new CannotStart("PostgreSQL does not let us in: " + refused.getMessage(), refused);
        }
    }
}
