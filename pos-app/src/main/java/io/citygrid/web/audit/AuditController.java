package io.citygrid.web.audit;

import io.citygrid.security.audit.AuditEvent;
import io.citygrid.security.audit.AuditOutcome;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/audit}: the newest lines of the audit logs in this application's folder, newest first. */
@RestController
final class AuditController {
    private final AppAuditLog log;

    AuditController(AppAuditLog log) {
        this.log = log;
    }

    @GetMapping("/api/audit")
    List<AuditEvent> newest(
            @RequestParam(name = "user", defaultValue = "") @Size(max = 100) String user,
            @RequestParam(name = "outcome", required = false) @Nullable AuditOutcome outcome,
            @RequestParam(name = "limit", defaultValue = "100") @Min(1) @Max(1_000) int limit)
            throws IOException {
        String wanted = user.strip().toLowerCase(Locale.ROOT);
        return log.newest(
                limit,
                event -> (outcome == null || event.outcome() == outcome)
                        && event.user().toLowerCase(Locale.ROOT).contains(wanted));
    }
}
