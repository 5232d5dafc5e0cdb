package io.citygrid.grid.client;

import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.check.CheckReport;
import io.citygrid.grid.merge.MergeRequest;
import io.citygrid.grid.merge.MergeResult;
import io.citygrid.grid.outbox.LogPage;
import io.citygrid.grid.outbox.LogQuery;
import io.citygrid.grid.outbox.RetryResult;
import io.citygrid.grid.outbox.RetryTask;
import io.citygrid.grid.reconcile.FragmentReport;
import io.citygrid.grid.reconcile.FragmentRun;
import io.citygrid.grid.reconcile.RunState;
import io.citygrid.grid.topology.Topology;
import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import io.citygrid.model.Versioned;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.model.order.OrderRequest;
import io.citygrid.model.stock.StockOutcome;
import io.citygrid.model.stock.StockRequest;
import io.citygrid.security.plugin.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.ignite.cache.query.SqlFieldsQuery;
import org.apache.ignite.client.IgniteClient;
import org.apache.ignite.client.IgniteClientFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way into the grid for store apps and loaders: thin clients, the node that holds the data first, every wait bounded. A
 * node that dies or freezes costs another try with the same id at another node.
 */
public final class GridClient implements AutoCloseable {
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
        return new TaskCall<OrderRequest, OrderOutcome>(
                        CityFragment.of(request.cityId(), request.storeId()),
                        Tasks.PROCESS_ORDER,
                        request,
                        GridClientSettings.TRY,
                        GridClient::elsewhereOrAgain,
                        GridClient::nothingWasDone,
                        GridClient::isInDoubt)
                .run(connections, answerWithin);
    }

    /**
     * Moves stock, or says why not.
     *
     * @throws OutcomeUnknown if there was no answer in time
     */
    public StockOutcome moveStock(StockRequest request) {
        return new TaskCall<StockRequest, StockOutcome>(
                        CityFragment.of(request.cityId(), request.storeId()),
                        Tasks.MOVE_STOCK,
                        request,
                        GridClientSettings.BULK_TRY,
                        GridClient::elsewhereOrAgain,
                        GridClient::nothingWasDone,
                        GridClient::isInDoubt)
                .run(connections, answerWithin);
    }

    private static boolean isInDoubt(Object answer) {
        return (answer instanceof OrderOutcome.RolledBack order && order.isInDoubt())
                || (answer instanceof StockOutcome.RolledBack stock && stock.isInDoubt());
    }

    private static boolean nothingWasDone(Object answer) {
        return answer instanceof OrderOutcome.NotStored
                || answer instanceof OrderOutcome.StoreNotOpen
                || answer instanceof StockOutcome.NotStored
                || answer instanceof StockOutcome.StoreNotOpen;
    }

    /** Nothing was done, and another try may have more luck: now, or at a node on the other side of a cut link. */
    private static boolean elsewhereOrAgain(Object answer) {
        return answer instanceof OrderOutcome.RolledBack
                || answer instanceof OrderOutcome.NotInCharge
                || (answer instanceof OrderOutcome.StoreNotOpen store && !store.isShut())
                || answer instanceof StockOutcome.RolledBack
                || answer instanceof StockOutcome.NotInCharge
                || (answer instanceof StockOutcome.StoreNotOpen shop && !shop.isShut());
    }

    /**
     * Brings master data into the grid: in one grid transaction for each city fragment and {@link MergeRequest#ROWS_MAX} rows.
     *
     * @throws OutcomeUnknown if there was no answer in time
     * @throws MergeRefused if PostgreSQL did not take rows
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
                    total = total.plus(mergeBatch(fragment.getKey(), cache, batch));
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                total = total.plus(mergeBatch(fragment.getKey(), cache, batch));
            }
        }
        return total;
    }

    private <K extends Comparable<K>, V extends Versioned<V>> MergeResult mergeBatch(
            int fragment, GridCache<K, V> cache, Map<K, V> batch) {
        MergeResult result = TaskCall.<MergeRequest, MergeResult>of(
                        fragment, Tasks.MERGE, MergeRequest.of(cache, batch), GridClientSettings.BULK_TRY)
                .run(connections, answerWithin);
        String refusal = result.refusal();
        if (refusal != null) {
            throw new MergeRefused(cache.name(), refusal);
        }
        return result;
    }

    /**
     * Runs a task that may be run again, first on the node that holds {@code fragment}.
     *
     * @throws OutcomeUnknown if there was no answer in time
     */
    public <T, R> R run(int fragment, String task, T argument) {
        return TaskCall.<T, R>of(fragment, task, argument, GridClientSettings.TRY)
                .run(connections, answerWithin);
    }

    /**
     * Runs a task for an operator, which asks all nodes and may take some seconds; it may be run again.
     *
     * @throws OutcomeUnknown if there was no answer in time
     */
    public <T, R> R operate(String task, T argument) {
        return TaskCall.<T, R>of(0, task, argument, GridClientSettings.BULK_TRY).run(connections, answerWithin);
    }

    /**
     * Compares a city fragment, or the reference tables, with PostgreSQL and brings both together.
     *
     * @param fragment {@link FragmentRun#REFERENCE} for the reference tables
     * @param progress told about rows as they are looked at
     * @throws OutcomeUnknown if no node answered in time, or it takes too long
     */
    public FragmentReport reconcile(int fragment, LongConsumer progress) {
        return untilDone(Tasks.RECONCILE, fragment, progress);
    }

    /**
     * Fills an empty city fragment, or the reference tables, from PostgreSQL.
     *
     * @param fragment {@link FragmentRun#REFERENCE} for the reference tables
     * @param progress told about rows as they are written and compared
     * @throws OutcomeUnknown if no node answered in time, or it takes too long
     */
    public FragmentReport warm(int fragment, LongConsumer progress) {
        return untilDone(Tasks.WARM, fragment, progress);
    }

    /**
     * Brings the warehouse up to date with a city fragment's receipts, and compares both.
     *
     * @param anew whether to throw away first what the warehouse has of them
     * @param progress told about lines as they are brought and compared
     * @throws OutcomeUnknown if no node answered in time, or it takes too long
     */
    public FragmentReport warehouse(int fragment, boolean anew, LongConsumer progress) {
        return untilDone(anew ? Tasks.WAREHOUSE_ANEW : Tasks.WAREHOUSE, fragment, progress);
    }

    /**
     * Checks a city fragment, or what no fragment has, and changes nothing; stores sell meanwhile.
     *
     * @param fragment {@link FragmentRun#REFERENCE} for the reference tables, clocks and databases
     * @param progress told about rows as they are looked at
     * @throws OutcomeUnknown if no node answered in time, or it takes too long
     */
    public CheckReport check(int fragment, LongConsumer progress) {
        return untilDone(Tasks.CHECK, fragment, progress);
    }

    private <R> R untilDone(String task, int fragment, LongConsumer progress) {
        FragmentRun run = new FragmentRun(UUID.randomUUID(), fragment);
        long deadline = System.nanoTime() + GridClientSettings.RUN.toNanos();
        long seen = 0;
        while (System.nanoTime() - deadline < 0) {
            RunState<R> state = TaskCall.<FragmentRun, RunState<R>>of(fragment, task, run, GridClientSettings.BULK_TRY)
                    .run(connections, answerWithin);
            progress.accept(Math.max(0, state.rows() - seen));
            // Another node begins anew when the one that did the work is lost.
            seen = Math.max(seen, state.rows());
            R report = state.report();
            if (report != null) {
                return report;
            }
        }
        throw new OutcomeUnknown(
                "the work in city fragment " + fragment + " has not ended after " + GridClientSettings.RUN.toMinutes()
                        + " minutes",
                null);
    }

    /**
     * The newest rows of the replication log.
     *
     * @throws OutcomeUnknown if there was no answer in time
     */
    public LogPage replicationLog(LogQuery query) {
        return run(0, Tasks.REPLICATION_LOG, query);
    }

    /**
     * Has every node try its databases again at once, and waits some seconds for what comes of it.
     *
     * @throws OutcomeUnknown if there was no answer in time; the nodes may be trying nevertheless
     */
    public RetryResult retryReplication() {
        return TaskCall.<Integer, RetryResult>of(
                        0, Tasks.REPLICATION_RETRY, RetryTask.MILLIS_MAX, GridClientSettings.RETRY_TRY)
                .run(connections, GridClientSettings.RETRY_WITHIN);
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

    /**
     * Two rows of different caches in the time of one, from the node that holds the first.
     *
     * @param one named with its key; so the other
     */
    public <K1, V1, K2, V2> Pair<V1, V2> getBoth(GridCache<K1, V1> one, K1 key, GridCache<K2, V2> other, K2 otherKey) {
        int fragment = key instanceof CityKey city ? city.cityFragment() : 0;
        return read(fragment, NodeConnection::commands, client -> {
            IgniteClientFuture<V1> first = one.on(client).getAsync(key);
            IgniteClientFuture<V2> second = other.on(client).getAsync(otherKey);
            return new Pair<>(await(first), await(second));
        });
    }

    /** Two rows, {@code null} where there is none. */
    public record Pair<V1, V2>(@Nullable V1 first, @Nullable V2 second) {}

    private static <V> @Nullable V await(IgniteClientFuture<V> row) {
        try {
            return row.get(GridClientSettings.REQUEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknown("interrupted while the grid was read", stopping);
        } catch (ExecutionException | TimeoutException noAnswer) {
            throw new IllegalStateException("the node did not answer", noAnswer);
        }
    }

    /** The rows that exist. */
    public <K extends Comparable<K>, V> Map<K, V> getAll(GridCache<K, V> cache, SortedSet<K> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        int fragment = keys.first() instanceof CityKey city ? city.cityFragment() : 0;
        return read(
                fragment, NodeConnection::commands, client -> cache.on(client).getAll(keys));
    }

    /** All rows of an SQL query, which must limit itself. */
    public List<List<?>> query(String sql, Object... arguments) {
        SqlFieldsQuery query = bounded(sql, arguments);
        return read(0, NodeConnection::queries, client -> client.query(query).getAll());
    }

    /** As {@link #query}, of the rows in {@code fragments} alone; nodes without any of them have nothing to do with it. */
    public List<List<?>> queryIn(int[] fragments, String sql, Object... arguments) {
        SqlFieldsQuery query = bounded(sql, arguments).setPartitions(fragments);
        return read(fragments[0], NodeConnection::queries, client -> client.query(query)
                .getAll());
    }

    private static SqlFieldsQuery bounded(String sql, Object... arguments) {
        return new SqlFieldsQuery(sql)
                .setArgs(arguments)
                .setSchema(GridCaches.SQL_SCHEMA)
                .setTimeout((int) GridClientSettings.QUERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private <R> R read(
            int fragment, Function<NodeConnection, @Nullable IgniteClient> channel, Function<IgniteClient, R> read) {
        long deadline = System.nanoTime() + answerWithin.toNanos();
        @Nullable RuntimeException last = null;
        for (int attempt = 0; System.nanoTime() - deadline < 0; attempt++) {
            List<NodeConnection> candidates = connections.candidates(fragment);
            NodeConnection connection = candidates.isEmpty() ? null : candidates.get(attempt % candidates.size());
            IgniteClient client = connection == null ? null : channel.apply(connection);
            if (connection != null && client != null) {
                try {
                    return read.apply(client);
                } catch (RuntimeException noAnswer) {
                    String refusal = Refusal.in(noAnswer);
                    if (refusal != null) {
                        throw new NotAllowed(refusal);
                    }
                    last = noAnswer;
                    connections.suspect(connection, noAnswer);
                }
            }
            connections.requireLogin();
            Optional<String> refusal = connections.refusal();
            if (refusal.isPresent()) {
                throw new OutcomeUnknown("no node lets this program in: " + refusal.get(), last);
            }
            TaskCall.pause();
        }
        throw new OutcomeUnknown("the grid could not be read in time", last);
    }

    /** The cluster as a node saw it within the last second or so; empty while no node is connected. */
    public Optional<Topology> topology() {
        return connections.connected() ? Optional.ofNullable(connections.topology()) : Optional.empty();
    }

    @Override
    public void close() {
        connections.close();
    }
}
