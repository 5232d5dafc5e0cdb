package io.citygrid.bench.report;

import org.HdrHistogram.Histogram;

/** How long requests took, in milliseconds. */
public record Latency(long count, double p50, double p95, double p99, double p999, double max) {
    private static final double MICROS = 1_000.0;

    /** @param micros values in microseconds */
    static Latency of(Histogram micros) {
        return new Latency(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / MICROS,
                micros.getValueAtPercentile(95) / MICROS,
                micros.getValueAtPercentile(99) / MICROS,
                micros.getValueAtPercentile(99.9) / MICROS,
                micros.getMaxValue() / MICROS);
    }
}
