package io.citygrid.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The databases of a test, on one server or several. */
public interface PostgresAccess {
    /** A connection of its owner to {@code database}, in auto-commit mode. */
    Connection connect(String database) throws SQLException;

    /** Runs one statement. */
    default void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
