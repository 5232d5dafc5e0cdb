package io.citygrid.bench.contender;

import io.citygrid.bench.drive.Register;
import io.citygrid.bench.drive.Request;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A register that calls PostgreSQL over connections of its own, with prepared statements, in auto-commit mode. */
abstract class PostgresRegister implements Register {
    private static final Logger log = LoggerFactory.getLogger(PostgresRegister.class);

    private final Map<String, Connection> connections = new HashMap<>();

    /** Sets the statement's parameters. */
    interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    final PreparedStatement prepare(BenchServer server, String database, String sql) {
        try {
            Connection connection = connections.get(database);
            if (connection == null) {
                connection = server.connect(database);
                connections.put(database, connection);
            }
            return connection.prepareStatement(sql);
        } catch (SQLException refused) {
            throw new IllegalStateException(database + " does not let a register in: " + refused.getMessage(), refused);
        }
    }

    /** Executes and reads the answer; a refusal of PostgreSQL is one of the sale. */
    static Answer ask(PreparedStatement statement, Binding binding, Answer done) {
        try {
            binding.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getObject(1) == null ? Answer.REFUSED : done;
            }
        } catch (SQLException refused) {
            if (String.valueOf(refused.getSQLState()).startsWith("08")) {
                throw new IllegalStateException("a register lost PostgreSQL: " + refused.getMessage(), refused);
            }
            log.debug("refused: {}", refused.getMessage());
            return Answer.REFUSED;
        }
    }

    static Object[] products(Request request) {
        return request.lines().stream().map(Request.Line::productId).toArray();
    }

    static Object[] quantities(Request request) {
        return request.lines().stream().map(Request.Line::quantity).toArray();
    }

    @Override
    public final void close() {
        for (Connection connection : connections.values()) {
            try {
                connection.close();
            } catch (SQLException gone) {
                log.debug("closing a register's connection", gone);
            }
        }
    }
}
