package io.citygrid.grid.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.TreeMap;

/** Numbers that are looked up when somebody asks, under their names, in Prometheus' form. */
public final class Readings {
    private final Labels common;
    private final Map<String, GaugeSnapshot.Builder> gauges = new TreeMap<>();
    private final Map<String, CounterSnapshot.Builder> counters = new TreeMap<>();

    /** @param common name and value in turns: labels that all of them have */
    public Readings(String... common) {
        this.common = Labels.of(common);
    }

    /**
     * A number that rises and falls.
     *
     * @param name with its unit last, as in {@code citygrid_wal_bytes}
     * @param labels name and value in turns
     */
    public void gauge(String name, String help, double value, String... labels) {
        gauges.computeIfAbsent(
                        name, unused -> GaugeSnapshot.builder().name(name).help(help))
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(value)
                        .labels(labels(labels))
                        .build());
    }

    /** Whether something holds: 1 or 0. */
    public void flag(String name, String help, boolean holds, String... labels) {
        gauge(name, help, holds ? 1 : 0, labels);
    }

    /**
     * A number that rises alone.
     *
     * @param name without the {@code _total} that it gets
     */
    public void counter(String name, String help, double value, String... labels) {
        counters.computeIfAbsent(
                        name, unused -> CounterSnapshot.builder().name(name).help(help))
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value(value)
                        .labels(labels(labels))
                        .build());
    }

    private Labels labels(String... labels) {
        return common.merge(Labels.of(labels));
    }

    /** All of them. */
    public MetricSnapshots snapshots() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        gauges.values().forEach(gauge -> all.metricSnapshot(gauge.build()));
        counters.values().forEach(counter -> all.metricSnapshot(counter.build()));
        return all.build();
    }
}
