package io.citygrid.security.plugin;

import io.citygrid.security.User;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.ignite.Ignite;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.processors.security.IgniteSecurity;
import org.apache.ignite.internal.processors.security.OperationSecurityContext;
import org.apache.ignite.plugin.security.SecurityException;
import org.apache.ignite.plugin.security.SecuritySubject;
import org.apache.ignite.plugin.security.SecuritySubjectType;
import org.jspecify.annotations.Nullable;

/**
 * For whom a job runs. Its task was allowed to them by name; what they may ask of it is checked here, and then the job does it with
 * the node's own rights, as a function of a database does with its definer's.
 */
public final class Caller {
    private static final Caller GRID = new Caller("the grid", refusal -> {}, null);

    private final String name;
    private final Consumer<String> refused;
    private final @Nullable User user;

    private Caller(String name, Consumer<String> refused, @Nullable User user) {
        this.name = name;
        this.refused = refused;
        this.user = user;
    }

    /** Whoever the running thread works for: a user, or the grid itself, which is also everybody while a grid has no users. */
    public static Caller of(Ignite node) {
        IgniteSecurity security = context(node).security();
        if (!security.enabled() || security.isDefaultContext()) {
            return GRID;
        }
        SecuritySubject subject = security.securityContext().subject();
        if (subject.type() == SecuritySubjectType.REMOTE_NODE) {
            return GRID;
        }
        String login = String.valueOf(subject.login());
        GridDoor door = GridDoor.of(context(node));
        Optional<User> user = door.users().find(login);
        return new Caller(
                login,
                refusal -> door.audit().refused(subject, "task", null, refusal),
                user.orElseThrow(
                        () -> new SecurityException(Refusal.MARK + "there is no user " + login + " any more")));
    }

    private static GridKernalContext context(Ignite node) {
        return ((IgniteEx) node).context();
    }

    /** Of a user, or "the grid". */
    public String name() {
        return name;
    }

    /**
     * Lets only those go on who may do {@code action} for stores of {@code cityId}.
     *
     * @throws SecurityException if this is a register of other cities
     */
    public void requireCity(int cityId, String action) {
        if (user != null && !user.isOf(cityId)) {
            SecurityException refusal = Refusal.of(user, action + " in city " + cityId + ", which is not theirs");
            refused.accept(String.valueOf(refusal.getMessage()));
            throw refusal;
        }
    }

    /** Runs {@code work} with the node's own rights, whoever it is for. */
    public static <T> T withNodesRights(Ignite node, Supplier<T> work) {
        IgniteSecurity security = context(node).security();
        if (!security.enabled() || security.isDefaultContext()) {
            return work.get();
        }
        try (OperationSecurityContext own = security.withContext(context(node).localNodeId())) {
            return work.get();
        }
    }
}
