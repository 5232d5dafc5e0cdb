package io.citygrid.web.audit;

import io.citygrid.grid.metrics.AuditReadings;
import io.citygrid.grid.metrics.Readings;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.springframework.stereotype.Component;

/** Whether the audit log is written, among the web application's metrics. */
@Component
final class AppAuditReadings implements MultiCollector {
    private final AppAuditLog log;

    AppAuditReadings(AppAuditLog log, PrometheusRegistry registry) {
        this.log = log;
        registry.register(this);
    }

    @Override
    public MetricSnapshots collect() {
        Readings readings = new Readings();
        log.state().ifPresent(state -> AuditReadings.add(state, readings));
        return readings.snapshots();
    }
}
