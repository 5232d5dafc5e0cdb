package io.citygrid.grid.metrics;

import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.apache.ignite.Ignite;
import org.apache.ignite.spi.IgniteSpiAdapter;
import org.apache.ignite.spi.IgniteSpiMultipleInstancesSupport;
import org.apache.ignite.spi.metric.DoubleMetric;
import org.apache.ignite.spi.metric.IntMetric;
import org.apache.ignite.spi.metric.LongMetric;
import org.apache.ignite.spi.metric.Metric;
import org.apache.ignite.spi.metric.MetricExporterSpi;
import org.apache.ignite.spi.metric.ReadOnlyMetricManager;
import org.apache.ignite.spi.metric.ReadOnlyMetricRegistry;
import org.jspecify.annotations.Nullable;

/**
 * What Ignite measures itself, for whoever asks. Ignite hands its metrics to exporters; this one exports nothing and lets the
 * node's endpoint read the few that operators need.
 */
@IgniteSpiMultipleInstancesSupport(true)
public final class IgniteMetrics extends IgniteSpiAdapter implements MetricExporterSpi {
    private volatile @Nullable ReadOnlyMetricManager metrics;

    /**
     * Those of a node of this process.
     *
     * @throws IllegalStateException if it was configured without
     */
    public static IgniteMetrics of(Ignite node) {
        for (MetricExporterSpi exporter : node.configuration().getMetricExporterSpi()) {
            if (exporter instanceof IgniteMetrics own) {
                return own;
            }
        }
        throw new IllegalStateException("node " + node.name() + " was started without its metrics");
    }

    /**
     * A number that Ignite keeps.
     *
     * @param registry such as {@code io.datastorage}
     * @param name of the metric in it, such as {@code WalTotalSize}
     * @return empty while there is none: a cache has its metrics only when it has started
     */
    public OptionalDouble value(String registry, String name) {
        ReadOnlyMetricManager all = metrics;
        if (all == null) {
            return OptionalDouble.empty();
        }
        for (ReadOnlyMetricRegistry candidate : all) {
            if (candidate.name().equals(registry)) {
                return number(candidate.findMetric(name));
            }
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble number(@Nullable Metric metric) {
        if (metric instanceof LongMetric number) {
            return OptionalDouble.of(number.value());
        }
        if (metric instanceof IntMetric number) {
            return OptionalDouble.of(number.value());
        }
        return metric instanceof DoubleMetric number ? OptionalDouble.of(number.value()) : OptionalDouble.empty();
    }

    @Override
    public void setMetricRegistry(ReadOnlyMetricManager registry) {
        metrics = registry;
    }

    /** Nothing is exported, so there is nothing to leave out. */
    @Override
    public void setExportFilter(Predicate<ReadOnlyMetricRegistry> filter) {}

    @Override
    public void spiStart(@Nullable String igniteInstanceName) {}

    @Override
    public void spiStop() {}
}
