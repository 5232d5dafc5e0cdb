package io.citygrid.grid.metrics;

import io.citygrid.durability.Databases;
import io.citygrid.grid.outbox.Lag;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.apache.ignite.Ignite;

/** All that one node tells whoever watches it: what it counts, what it looks up, its JVM and its health. */
public final class NodeMonitoring implements AutoCloseable {
    private final PrometheusMeterRegistry registry;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final NodeHealth health;

    /** @param feeds how far behind they are, by what they bring on */
    public NodeMonitoring(Ignite node, Databases databases, Map<String, Lag> feeds) {
        NodeMeters meters = NodeMeters.of(node);
        databases.timeStatements(meters::statement);
        this.registry = meters.registry();
        this.health = new NodeHealth(node);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        registry.getPrometheusRegistry().register(new NodeReadings(node, databases, health, feeds));
    }

    /** Whether the node lives and serves. */
    public NodeHealth health() {
        return health;
    }

    /** All metrics as they are now, in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
