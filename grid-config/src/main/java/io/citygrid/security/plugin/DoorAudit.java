package io.citygrid.security.plugin;

import io.citygrid.security.Role;
import io.citygrid.security.User;
import io.citygrid.security.audit.AuditDoor;
import io.citygrid.security.audit.AuditEvent;
import io.citygrid.security.audit.AuditLog;
import io.citygrid.security.audit.AuditOutcome;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import org.apache.ignite.plugin.security.SecurityPermission;
import org.apache.ignite.plugin.security.SecuritySubject;
import org.apache.ignite.plugin.security.SecuritySubjectType;
import org.jspecify.annotations.Nullable;

/**
 * What of the grid's door is written down: logins, refusals, tasks but sales, what operators do, changes of reference data, removals, and
 * reads of many rows at once. Single reads and rows that a replicator copies are not: they would bury the rest. What the web
 * application's account does, its own log has, with the user who asked for it.
 */
final class DoorAudit {
    private static final Set<String> REFERENCE = Set.of("cities", "city_databases", "categories", "products", "stores");

    /** Asked for twice a second by every client; and sales, which the books have, as at the web door. */
    private static final Set<String> UNSEEN_TASKS =
            Set.of("io.citygrid.grid.topology.TopologyTask", "io.citygrid.order.ProcessOrderTask");

    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final Set<String> QUERIES = Set.of(
            "org.apache.ignite.internal.processors.cache.query.CacheQuery",
            "org.apache.ignite.internal.processors.cache.query.GridCacheQueryManager",
            "org.apache.ignite.internal.processors.cache.query.continuous.CacheContinuousQueryManager",
            "org.apache.ignite.internal.processors.query.calcite.exec.ExecutionServiceImpl");

    private final AuditLog log;

    DoorAudit(AuditLog log) {
        this.log = log;
    }

    /** @param refused why, or {@code null} if the user was let in */
    void login(String user, String address, @Nullable String refused) {
        log.record(AuditEvent.now(
                user,
                address,
                AuditDoor.THIN_CLIENT,
                "login",
                "grid",
                refused == null ? AuditOutcome.ALLOWED : AuditOutcome.REFUSED,
                refused == null ? "" : refused));
    }

    void node(String user, Object name, boolean let, String why) {
        log.record(AuditEvent.now(
                user,
                "",
                AuditDoor.NODE,
                "join",
                "node " + name,
                let ? AuditOutcome.ALLOWED : AuditOutcome.REFUSED,
                why));
    }

    void refused(SecuritySubject subject, String action, @Nullable String object, String why) {
        log.record(AuditEvent.now(
                String.valueOf(subject.login()),
                address(subject.address()),
                subject.type() == SecuritySubjectType.REMOTE_NODE ? AuditDoor.NODE : AuditDoor.THIN_CLIENT,
                action,
                object == null ? "" : object,
                AuditOutcome.REFUSED,
                why));
    }

    /** Called for everything that somebody was allowed. */
    void allowed(SecuritySubject subject, User user, SecurityPermission permission, @Nullable String object) {
        if (user.is(Role.POS_APP) || !counts(user, permission, object)) {
            return;
        }
        log.record(AuditEvent.now(
                user.name(),
                address(subject.address()),
                AuditDoor.THIN_CLIENT,
                action(permission),
                object == null ? "" : object,
                AuditOutcome.ALLOWED,
                ""));
    }

    private static boolean counts(User user, SecurityPermission permission, @Nullable String object) {
        return switch (permission) {
            case CACHE_READ -> WALKER.walk(frames -> frames.anyMatch(frame -> QUERIES.contains(frame.getClassName())));
            case CACHE_PUT -> object != null && REFERENCE.contains(object);
            case TASK_EXECUTE -> object == null || !UNSEEN_TASKS.contains(object);
            default -> true;
        };
    }

    static String action(SecurityPermission permission) {
        return permission.name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    static String address(@Nullable InetSocketAddress from) {
        return from == null || from.getAddress() == null
                ? ""
                : from.getAddress().getHostAddress();
    }
}
