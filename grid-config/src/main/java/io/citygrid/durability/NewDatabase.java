package io.citygrid.durability;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database that is in use for nothing yet, reached with the login of the others. */
public final class NewDatabase {
    private static final Logger log = LoggerFactory.getLogger(NewDatabase.class);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

    /** PostgreSQL copies a template and writes it to its disk. */
    private static final Duration MADE_WITHIN = Duration.ofSeconds(10);

    /** What PostgreSQL calls invalid_catalog_name. */
    private static final String NO_SUCH_DATABASE = "3D000";

    /** What PostgreSQL calls duplicate_database: another node was asked too, because the first one's answer took long. */
    private static final String MADE_MEANWHILE = "42P04";

    private final DatabaseSettings settings;
    private final String url;

    /** @param settings whose login is used */
    public NewDatabase(DatabaseSettings settings, String url) {
        this.settings = settings;
        this.url = url;
    }

    /**
     * Looks whether a new city's rows can be kept in it.
     *
     * @throws SQLException if it cannot be reached, or has stores already
     */
    public void requireUsable() throws SQLException {
        try (Connection connection = connect(url, ANSWER_WITHIN);
                Statement statement = connection.createStatement()) {
            if (isTrue(statement, "SELECT to_regclass('stores') IS NOT NULL")
                    && isTrue(statement, "SELECT EXISTS (SELECT FROM stores)")) {
                throw new SQLException("it holds stores already, and the database of a new city must be empty");
            }
        }
    }

    private static boolean isTrue(Statement statement, String question) throws SQLException {
        try (ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    /**
     * Makes it unless its server has one of that name.
     *
     * @throws SQLException if the server cannot be reached, or does not let this login make databases
     */
    public void createIfMissing() throws SQLException {
        try {
            connect(url, ANSWER_WITHIN).close();
        } catch (SQLException missing) {
            if (!NO_SUCH_DATABASE.equals(missing.getSQLState())) {
                throw missing;
            }
            create();
        }
    }

    private void create() throws SQLException {
        String name = DatabaseSettings.nameIn(url);
        String server = url.substring(0, url.lastIndexOf('/') + 1);
        try (Connection connection = connect(server + "postgres", MADE_WITHIN);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
            log.info("database {} was made", name);
        } catch (SQLException refused) {
            if (!MADE_MEANWHILE.equals(refused.getSQLState())) {
                throw refused;
            }
        }
    }

    private Connection connect(String to, Duration answerWithin) throws SQLException {
        return DriverManager.getConnection(Databases.bounded(to, answerWithin), settings.login());
    }
}
