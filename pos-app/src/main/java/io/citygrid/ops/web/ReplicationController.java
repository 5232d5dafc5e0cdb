package io.citygrid.ops.web;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.outbox.LogQuery;
import io.citygrid.grid.outbox.RetryResult;
import io.citygrid.model.outbox.ReplicationLogEntry;
import io.citygrid.model.outbox.ReplicationStatus;
import io.citygrid.security.audit.AuditOutcome;
import io.citygrid.web.audit.WebAudit;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/replication}: what became of deliveries to PostgreSQL, and trying again what waits. */
@RestController
@RequestMapping("/api/replication")
final class ReplicationController {
    /** A row of the log. */
    record LogRow(
            long id,
            String tableName,
            String recordId,
            String targetDb,
            String status,
            String message,
            Instant logTime) {
        static LogRow of(long id, ReplicationLogEntry entry) {
            return new LogRow(
                    id,
                    entry.tableName(),
                    entry.recordId(),
                    entry.targetDb(),
                    entry.status().text(),
                    entry.message(),
                    entry.logTime());
        }
    }

    private final GridClient grid;
    private final WebAudit audit;

    ReplicationController(GridClient grid, WebAudit audit) {
        this.grid = grid;
        this.audit = audit;
    }

    @GetMapping
    List<LogRow> log(
            @RequestParam(name = "status", required = false)
                    @Pattern(regexp = "Success|Failed", message = "must be Success or Failed")
                    @Nullable
                    String status,
            @RequestParam(name = "limit", defaultValue = "100") @Min(1) @Max(LogQuery.LIMIT_MAX) int limit) {
        LogQuery query = new LogQuery(status == null ? null : ReplicationStatus.of(status), limit);
        return grid.replicationLog(query).rows().stream()
                .map(row -> LogRow.of(row.id(), row.entry()))
                .toList();
    }

    @PostMapping("/retry")
    RetryView retry() {
        audit.record("replication.retry", "", AuditOutcome.ALLOWED, "");
        RetryResult result = grid.retryReplication();
        return RetryView.of(result);
    }
}
