package io.citygrid.web.audit;

import io.citygrid.security.audit.AuditEvent;
import io.citygrid.security.audit.AuditLog;
import io.citygrid.security.audit.AuditReader;
import io.citygrid.security.audit.AuditSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The audit log of this web application; without a folder for it, the lines go to the ordinary log. */
@Component
final class AppAuditLog implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(AppAuditLog.class);

    private final @Nullable AuditLog file;

    AppAuditLog(@Value("${citygrid.audit.folder}") String folder, @Value("${citygrid.audit.name}") String name)
            throws IOException {
        this.file = folder.isBlank() ? null : AuditLog.open(AuditSettings.of(Path.of(folder), name));
        if (file == null) {
            log.warn("the audit log has no folder of its own: start the web application with --audit-dir DIR");
        }
    }

    void record(AuditEvent event) {
        if (file != null) {
            file.record(event);
        } else {
            log.info("audit: {}", event);
        }
    }

    /** How it is; empty if there is no file. */
    Optional<AuditLog.State> state() {
        return Optional.ofNullable(file).map(AuditLog::state);
    }

    /** The newest events of all logs in the folder, this application's and others'. */
    List<AuditEvent> newest(int limit, Predicate<AuditEvent> wanted) throws IOException {
        return file == null ? List.of() : new AuditReader(file.settings().folder()).newest(limit, wanted);
    }

    @Override
    public void destroy() {
        if (file != null) {
            file.close();
        }
    }
}
