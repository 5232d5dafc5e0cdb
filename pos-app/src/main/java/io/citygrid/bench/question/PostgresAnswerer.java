package io.citygrid.bench.question;

import io.citygrid.bench.contender.BenchServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A database of the server, over a connection that stays open. */
final class PostgresAnswerer implements Answerer {
    private final String name;
    private final Connection connection;
    private final Function<Question, String> sql;

    PostgresAnswerer(String name, BenchServer server, String database, Function<Question, String> sql) {
        this.name = name;
        this.sql = sql;
        try {
            this.connection = server.connect(database);
        } catch (SQLException refused) {
            throw new IllegalStateException(database + " cannot be asked: " + refused.getMessage(), refused);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> ask(Question question) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql.apply(question))) {
            int columns = row.getMetaData().getColumnCount();
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (row.next()) {
                List<@Nullable Object> cells = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    cells.add(row.getObject(column));
                }
                rows.add(cells);
            }
            return Rows.words(rows);
        } catch (SQLException failed) {
            throw new IllegalStateException(name + " did not answer: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
