package io.citygrid.grid.metrics;

import io.citygrid.grid.CityNames;
import io.citygrid.model.order.OrderOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;

/**
 * What a node counts and times while it works: sales, groups of them, grid transactions, locks and PostgreSQL's statements. A
 * counter or a timer each, never one for each row; a sale pays less than a microsecond for all of them.
 */
public final class NodeMeters {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final Ignite node;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Sold, Counter> sales = new ConcurrentHashMap<>();
    private final Map<Integer, Timer> saleTimes = new ConcurrentHashMap<>();
    private final Map<String, Counter> rollbacks = new ConcurrentHashMap<>();
    private final Map<String, Timer> statements = new ConcurrentHashMap<>();
    private final Timer inGroup;
    private final DistributionSummary groupSize;
    private final Timer transactions;
    private final Timer locks;

    /** What is counted together. */
    private record Sold(int cityId, String outcome) {}

    private NodeMeters(Ignite node) {
        this.node = node;
        registry.config()
                .commonTags("node", node.cluster().localNode().consistentId().toString());
        this.inGroup = histogram("citygrid.group", "A basket from standing in line until its group was sold")
                .register(registry);
        this.groupSize = DistributionSummary.builder("citygrid.group.baskets")
                .description("Baskets sold in one grid transaction")
                .register(registry);
        this.transactions = histogram("citygrid.transaction", "A grid transaction, with PostgreSQL's inside")
                .register(registry);
        // A counter that appears with its first event has not risen, for Prometheus; rules would miss that one.
        RollbackReason.ALL.forEach(this::rollbacks);
        this.locks = histogram("citygrid.lock.wait", "What a grid transaction waited for its locks in all")
                .register(registry);
    }

    /** The buckets of every latency histogram, here and in the web app. */
    public static Timer.Builder histogram(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
    }

    /** Those of a node of this process. */
    public static NodeMeters of(Ignite node) {
        ConcurrentMap<String, NodeMeters> local = node.cluster().nodeLocalMap();
        NodeMeters own = local.get(NodeMeters.class.getName());
        return own != null ? own : local.computeIfAbsent(NodeMeters.class.getName(), unused -> new NodeMeters(node));
    }

    /** Where further meters and readings of this node belong. */
    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** A basket was sold or refused after {@code nanos} at this node. */
    public void sale(int cityId, OrderOutcome outcome, long nanos) {
        sale(cityId, OutcomeName.of(outcome), nanos);
    }

    /** A basket failed after {@code nanos} in a way that nobody expects. */
    public void saleFailed(int cityId, long nanos) {
        sale(cityId, OutcomeName.FAILED, nanos);
    }

    private void sale(int cityId, String outcome, long nanos) {
        Sold sold = new Sold(cityId, outcome);
        Counter counter = sales.get(sold);
        Timer timer = saleTimes.get(cityId);
        if (counter == null || timer == null) {
            boolean named = CityNames.of(node, cityId).isPresent();
            String name = CityNames.orNumber(node, cityId);
            counter = sales(name, outcome);
            sales(name, OutcomeName.FAILED);
            timer = histogram("citygrid.sale", "A basket from the job's start until its answer")
                    .tag("city", name)
                    .register(registry);
            // A city may have nodes before it has a name.
            if (named) {
                sales.put(sold, counter);
                saleTimes.put(cityId, timer);
            }
        }
        counter.increment();
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Counter sales(String city, String outcome) {
        return Counter.builder("citygrid.sales")
                .description("Baskets that the node sold or refused")
                .tag("city", city)
                .tag("outcome", outcome)
                .register(registry);
    }

    /** A basket was {@code nanos} in line and in its group. */
    public void inGroup(long nanos) {
        inGroup.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A group of so many baskets was sold. */
    public void group(int baskets) {
        groupSize.record(baskets);
    }

    /** A grid transaction committed after {@code nanos}, {@code lockNanos} of which it waited for locks. */
    public void committed(long nanos, long lockNanos) {
        transactions.record(nanos, TimeUnit.NANOSECONDS);
        locks.record(lockNanos, TimeUnit.NANOSECONDS);
    }

    /** A grid transaction was rolled back. */
    public void rolledBack(long nanos, long lockNanos, Throwable why) {
        committed(nanos, lockNanos);
        rollbacks(RollbackReason.of(why)).increment();
    }

    private Counter rollbacks(String reason) {
        return rollbacks.computeIfAbsent(reason, unused -> Counter.builder("citygrid.transactions.rolled.back")
                .description("Grid transactions that were rolled back")
                .tag("reason", reason)
                .register(registry));
    }

    /** A statement of PostgreSQL was committed after {@code nanos}. */
    public void statement(String database, long nanos) {
        statements
                .computeIfAbsent(database, name -> histogram(
                                "citygrid.postgresql.write", "A write set in PostgreSQL, one transaction")
                        .tag("database", name)
                        .register(registry))
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
