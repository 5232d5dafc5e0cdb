package io.citygrid.grid.metrics;

import io.citygrid.security.audit.AuditLog;

/** Whether an audit log is written, among the metrics of whoever writes it. */
public final class AuditReadings {
    private AuditReadings() {}

    /** Adds what {@code state} says to {@code readings}. */
    public static void add(AuditLog.State state, Readings readings) {
        readings.flag("citygrid_audit_failing", "Whether the audit log cannot be written now", state.failing());
        readings.gauge("citygrid_audit_waiting", "Events that wait to be written to the audit log", state.waiting());
        readings.counter("citygrid_audit_written", "Events written to the audit log", (double) state.written());
        readings.counter(
                "citygrid_audit_lost", "Events that only the ordinary log has, because too many waited", (double)
                        state.lost());
    }
}
