package io.citygrid.report;

import io.citygrid.grid.GridCaches;
import io.citygrid.grid.client.GridClient;
import io.citygrid.load.progress.Progress;
import io.citygrid.load.reconcile.Warm;
import io.citygrid.model.rollup.RollupPosition;
import io.citygrid.model.store.StoreKey;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.testing.TestGrid;
import io.citygrid.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Two cities that sold 6,000 baskets with 21,000 lines in two months, in PostgreSQL and in a grid that was filled from it. */
final class SoldChain implements AutoCloseable {
    static final int ORDERS = 6_000;
    static final int KARACHI = 1;
    static final int LAHORE = 2;

    private static final int STORES = 6;
    private static final long ORDERS_OF_A_STORE = 1_000;

    private final TestPostgres postgres;
    private final TestGrid grid;
    private final GridClient client;

    SoldChain(Path directory) {
        postgres = new TestPostgres(directory);
        try {
            // The nodes make the tables.
            TestGrid.Layout layout = new TestGrid.Layout(directory, SurvivalGoal.NODE, postgres.settings());
            grid = new TestGrid(layout);
            run("pos_central", "central.sql", 0);
            run("karachi_db", "city.sql", KARACHI);
            run("lahore_db", "city.sql", LAHORE);
            client = grid.connect();
            Warm.run(client, Progress.silent());
            awaitSums();
        } catch (RuntimeException notStarted) {
            postgres.close();
            throw notStarted;
        }
    }

    private void run(String database, String script, int city) {
        try (InputStream text = SoldChain.class.getResourceAsStream("/report/" + script)) {
            postgres.execute(
                    database,
                    new String(text.readAllBytes(), StandardCharsets.UTF_8).replace("${city}", String.valueOf(city)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void awaitSums() {
        Awaitility.await("all orders are in the sums")
                .atMost(Duration.ofSeconds(90))
                .until(() -> {
                    long summed = 0;
                    for (int store = 1; store <= STORES; store++) {
                        RollupPosition position = client.get(
                                GridCaches.ROLLUP_POSITIONS, new StoreKey(store <= 3 ? KARACHI : LAHORE, store));
                        summed += position == null ? 0 : position.lastOrderNo();
                    }
                    return summed == STORES * ORDERS_OF_A_STORE;
                });
    }

    TestGrid grid() {
        return grid;
    }

    TestPostgres postgres() {
        return postgres;
    }

    GridClient client() {
        return client;
    }

    /** What a question gives in the grid. */
    List<String> inGrid(String sql) {
        return client.query(sql).stream().map(SoldChain::text).toList();
    }

    /** What a question gives in both cities' databases together, in some order. */
    List<String> inPostgres(String sql) {
        List<String> rows = new ArrayList<>();
        for (String database : List.of("karachi_db", "lahore_db")) {
            rows.addAll(inPostgres(database, sql));
        }
        return rows;
    }

    List<String> inPostgres(String database, String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(found.getObject(column));
                }
                rows.add(text(row));
            }
            return rows;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String text(List<?> row) {
        return String.join("|", row.stream().map(String::valueOf).toList());
    }

    @Override
    public void close() {
        client.close();
        grid.close();
        postgres.close();
    }
}
