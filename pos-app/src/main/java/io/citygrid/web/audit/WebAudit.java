package io.citygrid.web.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.citygrid.security.audit.AuditDoor;
import io.citygrid.security.audit.AuditEvent;
import io.citygrid.security.audit.AuditOutcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Writes down what the request of this thread wants. What a page asks every few seconds, or a program is refused in a loop, is
 * written once when it begins and once, with a number, some minutes later: the log must stay readable, and no flood of refusals
 * may push older lines out of it.
 */
@Component
public final class WebAudit implements DisposableBean {
    private static final Duration TOGETHER = Duration.ofMinutes(5);
    private static final int TOGETHER_MAX = 10_000;

    /** The password of an HTTP Basic request is checked at each; only the first of these is a login. */
    private static final String LOGIN = "login";

    /** What is written down once for all. */
    private record Kind(
            String user, String address, AuditDoor door, String action, String object, AuditOutcome outcome) {}

    private final AppAuditLog log;
    private final Cache<Kind, AtomicInteger> repeated;

    WebAudit(AppAuditLog log) {
        this.log = log;
        this.repeated = Caffeine.newBuilder()
                .maximumSize(TOGETHER_MAX)
                .expireAfterWrite(TOGETHER)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .<Kind, AtomicInteger>removalListener((kind, times, why) -> summarise(kind, times))
                .build();
    }

    /** Something that is always worth a line, such as a change of stock. */
    public void record(String action, String object, AuditOutcome outcome, String detail) {
        if (outcome == AuditOutcome.REFUSED) {
            recordOften(action, object, outcome, detail);
        } else {
            write(kind(user(), action, object, outcome), detail);
        }
    }

    /** Something that happens again and again, such as a report that a page shows. */
    public void recordOften(String action, String object, AuditOutcome outcome, String detail) {
        often(kind(user(), action, object, outcome), detail);
    }

    /** Somebody who calls themselves {@code user} gave a password; by the login page, each time counts. */
    public void login(String user, AuditOutcome outcome, String detail) {
        Kind kind = kind(user, LOGIN, "", outcome);
        if (kind.door() == AuditDoor.PAGES && outcome == AuditOutcome.ALLOWED) {
            write(kind, detail);
        } else {
            often(kind, detail);
        }
    }

    private void often(Kind kind, String detail) {
        AtomicInteger before = repeated.asMap().putIfAbsent(kind, new AtomicInteger());
        if (before == null) {
            write(kind, detail);
        } else {
            before.incrementAndGet();
        }
    }

    private void summarise(@Nullable Kind kind, @Nullable AtomicInteger times) {
        if (kind != null && times != null && times.get() > 0) {
            write(kind, times.get() + " times more within " + TOGETHER.toMinutes() + " minutes");
        }
    }

    private void write(Kind kind, String detail) {
        log.record(AuditEvent.now(
                kind.user(), kind.address(), kind.door(), kind.action(), kind.object(), kind.outcome(), detail));
    }

    private static Kind kind(String user, String action, String object, AuditOutcome outcome) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (!(request instanceof ServletRequestAttributes http)) {
            return new Kind(user, "", AuditDoor.PAGES, action, object, outcome);
        }
        String path = http.getRequest().getRequestURI();
        boolean rest = path.startsWith("/api") || path.startsWith("/actuator");
        return new Kind(
                user,
                http.getRequest().getRemoteAddr(),
                rest ? AuditDoor.REST : AuditDoor.PAGES,
                action,
                object,
                outcome);
    }

    private static String user() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null || authentication instanceof AnonymousAuthenticationToken
                ? ""
                : authentication.getName();
    }

    /** Writes what is counted and not yet written. */
    @Override
    public void destroy() {
        repeated.invalidateAll();
        repeated.cleanUp();
    }
}
