package io.citygrid.security.plugin;

import io.citygrid.security.Role;
import io.citygrid.security.User;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.ignite.client.ClientAuthorizationException;
import org.apache.ignite.plugin.security.SecurityException;
import org.apache.ignite.plugin.security.SecurityPermission;
import org.jspecify.annotations.Nullable;

/** A refusal in words. They begin alike, since an exception of a task reaches a thin client without its type. */
public final class Refusal {
    /** What every refusal's message has in it. */
    public static final String MARK = "not allowed: ";

    private Refusal() {}

    static SecurityException of(
            String login, Optional<User> user, SecurityPermission permission, @Nullable String name) {
        if (user.isEmpty()) {
            return new SecurityException(MARK + "there is no user " + login + " any more");
        }
        return of(user.get(), words(permission, name));
    }

    static SecurityException of(User user, String action) {
        return new SecurityException(MARK + user.name() + " ("
                + user.roles().stream().sorted().map(Role::setting).collect(Collectors.joining(", ")) + ") may not "
                + action);
    }

    private static String words(SecurityPermission permission, @Nullable String name) {
        String what = name == null ? "" : " " + name;
        return switch (permission) {
            case CACHE_READ -> "read" + what;
            case CACHE_PUT -> "write to" + what;
            case CACHE_REMOVE -> "remove from" + what;
            case CACHE_CREATE -> "create or alter" + (name == null ? " tables" : what);
            case CACHE_DESTROY -> "destroy" + what;
            case TASK_EXECUTE -> "run" + what;
            case TASK_CANCEL -> "cancel" + what;
            case SERVICE_DEPLOY -> "deploy the service" + what;
            case SERVICE_INVOKE -> "call the service" + what;
            case SERVICE_CANCEL -> "cancel the service" + what;
            case ADMIN_SNAPSHOT -> "take or restore snapshots";
            case ADMIN_CLUSTER_STATE -> "change the cluster's state";
            case ADMIN_KILL -> "end others' queries, tasks and sessions";
            default -> "do this (" + permission.name().toLowerCase(Locale.ROOT) + ")" + what;
        };
    }

    /** The refusal's words, if {@code failure} or a cause of it is one, wherever it came from; else {@code null}. */
    @Nullable
    public static String in(@Nullable Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 20; depth++, at = at.getCause()) {
            if (at instanceof ClientAuthorizationException) {
                // Of a cache, Ignite says to a thin client only that it was refused.
                return "this user's role does not allow it";
            }
            String message = String.valueOf(at.getMessage());
            int mark = message.indexOf(MARK);
            if (mark >= 0) {
                return message.substring(mark + MARK.length())
                        .lines()
                        .findFirst()
                        .orElse("")
                        .replaceFirst(" \\[.*$", "");
            }
        }
        return null;
    }
}
