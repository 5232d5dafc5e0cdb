package io.citygrid.grid.client;

import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.merge.MergeRequest;
import io.citygrid.grid.merge.MergeResult;
import io.citygrid.grid.topology.Topology;
import io.citygrid.model.CityKey;
import io.citygrid.model.Versioned;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.stock.StockOutcome;
import io.citygrid.model.stock.StockRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.ignite.cache.query.SqlFieldsQuery;
import org.apache.ignite.client.IgniteClient;
import org.jspecify.annotations.Nullable;

/**
 * The way into the grid for store apps and loaders: thin clients, the node that holds the data first, every wait bounded. A
 * node that dies or freezes costs another try with the same id at another node.
 */
public final class GridClient implements AutoCloseable {
    private static final Duration PAUSE_BETWEEN_TRIES = Duration.ofMillis(50);

    private final GridConnections connections;
    private final Duration answerWithin;

    public GridClient(GridClientSettings settings) {
        this(settings, GridClientSettings.ANSWER_WITHIN);
    }

    /** @param answerWithin how long to try before the outcome counts as unknown */
    public GridClient(GridClientSettings settings, Duration answerWithin) {
        this.connections = new GridConnections(settings);
        this.answerWithin = answerWithin;
    }

    /**
     * Sells a basket, or says why not. Asks again with the same id until there is an answer, also when the grid rolled back.
     *
     * @throws OutcomeUnknown if there was none in time
     */
    public OrderOutcome processOrder(OrderRequest request) {
        int fragment = io.citygrid.model.CityFragment.of(request.cityId(), request.storeId());
        return run(fragment, Tasks.PROCESS_ORDER, request, OrderOutcome.RolledBack.class::isInstance);
    }

    /**
     * Moves stock, or says why not.
     *
     * @throws OutcomeUnknown if there was no answer in time
     */
    public StockOutcome moveStock(StockRequest request) {
        int fragment = io.citygrid.model.CityFragment.of(request.cityId(), request.storeId());
        return run(fragment, Tasks.MOVE_STOCK, request, StockOutcome.RolledBack.class::isInstance);
    }

    /**
     * Brings master data into the grid: in one grid transaction for each city fragment and {@link MergeRequest#ROWS_MAX} rows.
     *
     * @throws OutcomeUnknown if there was no answer in time
     */
    public <K extends Comparable<K>, V extends Versioned<V>> MergeResult merge(GridCache<K, V> cache, Map<K, V> rows) {
        Map<Integer, SortedMap<K, V>> byFragment = new TreeMap<>();
        rows.forEach((key, value) -> byFragment
                .computeIfAbsent(key instanceof CityKey city ? city.cityFragment() : 0, fragment -> new TreeMap<>())
                .put(key, value));
        MergeResult total = MergeResult.NOTHING;
        for (Map.Entry<Integer, SortedMap<K, V>> fragment : byFragment.entrySet()) {
            Map<K, V> batch = new HashMap<>();
            for (Map.Entry<K, V> row : fragment.getValue().entrySet()) {
                batch.put(row.getKey(), row.getValue());
                if (batch.size() == MergeRequest.ROWS_MAX) {
                    total = total.plus(this.<MergeRequest, MergeResult>run(
                            fragment.getKey(), Tasks.MERGE, MergeRequest.of(cache, batch)));
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                total = total.plus(this.<MergeRequest, MergeResult>run(
                        fragment.getKey(), Tasks.MERGE, MergeRequest.of(cache, batch)));
            }
        }
        return total;
    }

    /** Runs a task that may be run again, first on the node that holds {@code fragment}. */
    public <T, R> R run(int fragment, String task, T argument) {
        return this.<T, R>run(fragment, task, argument, answer -> false);
    }

    /**
     * Runs a task that may be run again.
     *
     * @param again whether an answer asks for another try
     * @throws OutcomeUnknown if there was no answer in time
     */
    private <T, R> R run(int fragment, String task, T argument, java.util.function.Predicate<Object> again) {
        long deadline = System.nanoTime() + answerWithin.toNanos();
        @Nullable Throwable last = null;
        @Nullable R unsatisfying = null;
        for (int attempt = 0; System.nanoTime() - deadline < 0; attempt++) {
            List<NodeConnection> candidates = connections.candidates(fragment);
            if (!candidates.isEmpty()) {
                NodeConnection connection = candidates.get(attempt % candidates.size());
                IgniteClient client = connection.commands();
                if (client == null) {
                    continue;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                try {
                    R answer = client.compute()
                            .<T, R>executeAsync2(task, argument)
                            .get(Math.max(1, Math.min(GridClientSettings.TRY.toMillis(), left)), TimeUnit.MILLISECONDS);
                    if (!again.test(answer)) {
                        return answer;
                    }
                    unsatisfying = answer;
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                    throw new OutcomeUnknown("interrupted while waiting for " + task, stopping);
                } catch (Exception noAnswer) {
                    last = noAnswer;
                    connections.suspect(connection, noAnswer);
                }
            }
            pause();
        }
        if (unsatisfying != null) {
            return unsatisfying;
        }
        throw new OutcomeUnknown(
                last == null ? "no node of the grid is connected" : "no answer from the grid in time", last);
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE_BETWEEN_TRIES.toNanos());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknown("interrupted between two tries", stopping);
        }
    }

    /** The row, or {@code null}. */
    public <K, V> @Nullable V get(GridCache<K, V> cache, K key) {
        int fragment = key instanceof CityKey city ? city.cityFragment() : 0;
        return Optional.ofNullable(this.<Optional<V>>read(
                        fragment,
                        NodeConnection::commands,
                        client -> Optional.ofNullable(cache.on(client).get(key))))
                .flatMap(found -> found)
                .orElse(null);
    }

    /** The rows that exist. */
    public <K extends Comparable<K>, V> Map<K, V> getAll(GridCache<K, V> cache, java.util.SortedSet<K> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        int fragment = keys.first() instanceof CityKey city ? city.cityFragment() : 0;
        return read(
                fragment, NodeConnection::commands, client -> cache.on(client).getAll(keys));
    }

    /** All rows of an SQL query, which must limit itself. */
    public List<List<?>> query(String sql, Object... arguments) {
        SqlFieldsQuery query = new SqlFieldsQuery(sql)
                .setArgs(arguments)
                .setSchema(GridCaches.SQL_SCHEMA)
                .setTimeout((int) GridClientSettings.QUERY.toMillis(), TimeUnit.MILLISECONDS);
        return read(0, NodeConnection::queries, client -> client.query(query).getAll());
    }

    private <R> R read(
            int fragment, Function<NodeConnection, @Nullable IgniteClient> channel, Function<IgniteClient, R> read) {
        long deadline = System.nanoTime() + answerWithin.toNanos();
        @Nullable RuntimeException last = null;
        for (int attempt = 0; System.nanoTime() - deadline < 0; attempt++) {
            List<NodeConnection> candidates = connections.candidates(fragment);
            if (!candidates.isEmpty()) {
                NodeConnection connection = candidates.get(attempt % candidates.size());
                IgniteClient client = channel.apply(connection);
                if (client == null) {
                    continue;
                }
                try {
                    return read.apply(client);
                } catch (RuntimeException noAnswer) {
                    last = noAnswer;
                    connections.suspect(connection, noAnswer);
                }
            }
            pause();
        }
        throw new OutcomeUnknown("the grid could not be read in time", last);
    }

    /** The cluster as a node saw it within the last second or so. */
    public Optional<Topology> topology() {
        return Optional.ofNullable(connections.topology());
    }

    @Override
    public void close() {
        connections.close();
    }
}
