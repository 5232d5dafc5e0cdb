package io.citygrid.web.audit;

import io.citygrid.grid.metrics.Readings;
import io.citygrid.security.audit.AuditLog;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.springframework.stereotype.Component;

/** Whether the audit log is written, among the web application's metrics. */
@Component
final class AuditReadings implements MultiCollector {
    private final AppAuditLog log;

    AuditReadings(AppAuditLog log, PrometheusRegistry registry) {
        this.log = log;
        registry.register(this);
    }

    @Override
    public MetricSnapshots collect() {
        Readings readings = new Readings();
        log.state().ifPresent(state -> add(state, readings));
        return readings.snapshots();
    }

    private static void add(AuditLog.State state, Readings readings) {
        readings.flag("citygrid_audit_failing", "Whether the audit log cannot be written now", state.failing());
        readings.gauge("citygrid_audit_waiting", "Events that wait to be written to the audit log", state.waiting());
        readings.counter("citygrid_audit_written", "Events written to the audit log", (double) state.written());
        readings.counter(
                "citygrid_audit_lost", "Events that only the ordinary log has, because too many waited", (double)
                        state.lost());
    }
}
