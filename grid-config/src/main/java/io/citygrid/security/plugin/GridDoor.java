package io.citygrid.security.plugin;

import io.citygrid.security.GridLogin;
import io.citygrid.security.LoginThrottle;
import io.citygrid.security.Policy;
import io.citygrid.security.Role;
import io.citygrid.security.User;
import io.citygrid.security.Users;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.IgniteNodeAttributes;
import org.apache.ignite.internal.managers.discovery.IgniteDiscoverySpi;
import org.apache.ignite.internal.processors.GridProcessorAdapter;
import org.apache.ignite.internal.processors.authentication.IgniteAccessControlException;
import org.apache.ignite.internal.processors.cache.CacheOperationContext;
import org.apache.ignite.internal.processors.cache.GridCacheContext;
import org.apache.ignite.internal.processors.security.GridSecurityProcessor;
import org.apache.ignite.internal.processors.security.IgniteSecurityProcessor;
import org.apache.ignite.internal.processors.security.SecurityContext;
import org.apache.ignite.internal.util.typedef.internal.CU;
import org.apache.ignite.plugin.security.AuthenticationContext;
import org.apache.ignite.plugin.security.SecurityCredentials;
import org.apache.ignite.plugin.security.SecurityException;
import org.apache.ignite.plugin.security.SecurityPermission;
import org.apache.ignite.plugin.security.SecuritySubject;
import org.apache.ignite.plugin.security.SecuritySubjectType;
import org.apache.ignite.spi.IgniteNodeValidationResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who comes into the grid, and what they may do: whoever has logged in is judged by the users file and the policy as they are now,
 * at every step anew. Nodes may do everything; what a node does for somebody is checked before it is done (see {@link Caller}).
 */
final class GridDoor extends GridProcessorAdapter implements GridSecurityProcessor {
    private static final Logger log = LoggerFactory.getLogger(GridDoor.class);

    private static final int NAME_MAX = 63;

    private static final String POLICY = "citygrid.security.policy";

    /** Tasks with Ignite's mark for tasks of its own. */
    private static final Set<String> INACTIVE_TOO =
            Set.of("io.citygrid.grid.topology.TopologyTask", "io.citygrid.grid.whole.WholeTask");

    private final Users users;
    private final Policy policy;
    private final GridLogin own;
    private final DoorAudit audit;
    private final LoginThrottle throttle;
    private final Map<UUID, Subject> known = new ConcurrentHashMap<>();
    private final RemovedUsers removed;

    GridDoor(GridKernalContext context, Users users, Policy policy, GridLogin own, DoorAudit audit) {
        super(context);
        this.users = users;
        this.policy = policy;
        this.own = own;
        this.audit = audit;
        this.throttle = new LoginThrottle(users::isGuessable);
        this.removed = new RemovedUsers(context, users);
    }

    DoorAudit audit() {
        return audit;
    }

    /** Of a node that has users. */
    static GridDoor of(GridKernalContext context) {
        return (GridDoor) ((IgniteSecurityProcessor) context.security()).securityProcessor();
    }

    Users users() {
        return users;
    }

    /** The node's own login travels to the node that lets it in, which takes it out of the attributes. */
    @Override
    public void start() {
        ctx.addNodeAttribute(
                IgniteNodeAttributes.ATTR_SECURITY_CREDENTIALS, new SecurityCredentials(own.user(), own.password()));
        ctx.addNodeAttribute(POLICY, policy.hash());
    }

    @Override
    public void onKernalStart(boolean active) {
        removed.start();
    }

    @Override
    public void onKernalStop(boolean cancel) {
        removed.close();
    }

    @Override
    @Nullable
    public SecurityContext authenticateNode(ClusterNode node, @Nullable SecurityCredentials credentials) {
        Optional<User> user = authenticate(credentials);
        String login = name(credentials);
        if (user.isEmpty() || !user.get().is(Role.NODE)) {
            String why = user.isEmpty() ? "its login is wrong" : login + " is not a node";
            log.warn("node {} is not let in: {}", node.consistentId(), why);
            audit.node(login, node.consistentId(), false, why);
            return null;
        }
        audit.node(login, node.consistentId(), true, "");
        return Subject.node(node.id(), user.get().name());
    }

    @Override
    public boolean isGlobalNodeAuthentication() {
        return false;
    }

    @Override
    @Nullable
    public SecurityContext authenticate(AuthenticationContext context) throws IgniteAccessControlException {
        String name = name(context.credentials());
        String address = DoorAudit.address(context.address());
        Optional<Duration> wait = throttle.wait(name, address);
        if (wait.isPresent()) {
            String why = "too many wrong passwords: try again in " + wait.get().toSeconds() + " s";
            audit.login(name, address, why);
            throw new IgniteAccessControlException(why);
        }
        Optional<User> user = authenticate(context.credentials());
        if (user.isEmpty()) {
            throttle.failed(name, address);
            audit.login(name, address, "no such user, or another password");
            return null;
        }
        throttle.succeeded(name, address);
        audit.login(name, address, null);
        return Subject.user(user.get().name(), context.address());
    }

    private static String name(@Nullable SecurityCredentials credentials) {
        String name =
                credentials == null || credentials.getLogin() == null ? "" : String.valueOf(credentials.getLogin());
        // Whoever comes first may send megabytes, which are counted and written down.
        return name.length() > NAME_MAX ? name.substring(0, NAME_MAX) + "…" : name;
    }

    private Optional<User> authenticate(@Nullable SecurityCredentials credentials) {
        if (credentials == null
                || !(credentials.getLogin() instanceof String name)
                || !(credentials.getPassword() instanceof String password)) {
            return Optional.empty();
        }
        char[] letters = password.toCharArray();
        try {
            return users.authenticate(name, letters);
        } finally {
            Arrays.fill(letters, '\0');
        }
    }

    @Override
    @Nullable
    public SecurityContext securityContext(UUID id) {
        if (!Subject.mayBeUser(id)) {
            return joining(id);
        }
        Subject found = known.get(id);
        if (found == null) {
            users.names()
                    .forEach(name -> known.computeIfAbsent(Subject.userId(name), unused -> Subject.user(name, null)));
            found = known.get(id);
        }
        return found;
    }

    /**
     * A node that has been let into the ring, and that Ignite does not show yet: its first messages come a moment before, and are lost
     * if nobody knows whose they are. Of all others Ignite knows the context itself.
     */
    @Nullable
    private Subject joining(UUID nodeId) {
        return ctx.discovery().node(nodeId) == null
                        && ctx.config().getDiscoverySpi() instanceof IgniteDiscoverySpi ring
                        && ring.knownNode(nodeId)
                ? Subject.node(nodeId, own.user())
                : null;
    }

    @Override
    public void authorize(@Nullable String name, SecurityPermission permission, SecurityContext context)
            throws SecurityException {
        SecuritySubject subject = context.subject();
        if (subject.type() == SecuritySubjectType.REMOTE_NODE) {
            return;
        }
        requireActive(name, permission);
        String login = String.valueOf(subject.login());
        Optional<User> user = users.find(login);
        try {
            require(user, login, permission, name);
        } catch (SecurityException refused) {
            audit.refused(subject, DoorAudit.action(permission), name, String.valueOf(refused.getMessage()));
            throw refused;
        }
        user.ifPresent(known -> audit.allowed(subject, known, permission, name));
    }

    private void require(Optional<User> user, String login, SecurityPermission permission, @Nullable String name) {
        if (user.isEmpty() || !allows(user.get(), permission, name)) {
            throw Refusal.of(login, user, permission, name);
        }
        if ((permission == SecurityPermission.CACHE_READ || permission == SecurityPermission.CACHE_PUT)
                && name != null
                && expires(name)) {
            // Whoever may remove may not either: of a cache on the heap, Ignite 2.17 removes what has expired without
            // the lock against checkpoints that it needs; with assertions the node stops.
            throw Refusal.of(user.get(), "make rows of " + name + " expire");
        }
        if (permission == SecurityPermission.CACHE_PUT
                && !allows(user.get(), SecurityPermission.CACHE_REMOVE, name)
                && EntryProcessors.areAtWork()) {
            throw Refusal.of(user.get(), "invoke an entry processor in " + name + ", which could remove rows");
        }
    }

    /** Whether rows that this thread reads or writes would expire: a client may ask for that with any read. */
    private boolean expires(String cache) {
        GridCacheContext<?, ?> rows = ctx.cache().context().cacheContext(CU.cacheId(cache));
        CacheOperationContext asked = rows == null ? null : rows.operationContextPerCall();
        return asked != null && asked.expiry() != null;
    }

    /**
     * With users, Ignite writes a task's name into a cache before it starts it, and waits for ever for that if the cluster has never
     * been active: the waiting would take all threads for clients, and the sale would be made when nobody waits for it any more.
     */
    private void requireActive(@Nullable String task, SecurityPermission permission) {
        if (permission == SecurityPermission.TASK_EXECUTE
                && task != null
                && !INACTIVE_TOO.contains(task)
                && !ctx.state().publicApiActiveState(false)) {
            throw new IgniteException("the grid is not active: nothing was done");
        }
    }

    private boolean allows(User user, SecurityPermission permission, @Nullable String name) {
        return user.roles().stream().anyMatch(role -> policy.allows(role, permission, name));
    }

    /** Whether the subject has that right on any cache at all. */
    boolean allowsSome(SecuritySubject subject, SecurityPermission permission) {
        return subject.type() == SecuritySubjectType.REMOTE_NODE
                || users.find(String.valueOf(subject.login())).stream()
                        .flatMap(user -> user.roles().stream())
                        .anyMatch(role -> policy.allowsSome(role, permission));
    }

    @Override
    @Nullable
    public IgniteNodeValidationResult validateNode(ClusterNode node) {
        String theirs = node.attribute(POLICY);
        if (policy.hash().equals(theirs)) {
            return null;
        }
        return new IgniteNodeValidationResult(
                node.id(),
                "node " + node.consistentId() + " is not let in: its policy differs from the grid's",
                "the grid does not let this node in: its policy (what each role may do) differs from the grid's; start"
                        + " it with the program and the --policy file that the other nodes have");
    }

    @Override
    public Collection<SecuritySubject> authenticatedSubjects() {
        return List.copyOf(known.values());
    }

    @Override
    @Nullable
    public SecuritySubject authenticatedSubject(UUID id) {
        SecurityContext context = securityContext(id);
        return context == null ? null : context.subject();
    }

    /** Ids are made of names, so that there is nothing to forget. */
    @Override
    public void onSessionExpired(UUID id) {}

    @Override
    @Deprecated
    public boolean enabled() {
        return true;
    }

    @Override
    public void createUser(String login, char[] password) {
        throw new SecurityException("users are kept in a file: use ./pos ops user add");
    }

    @Override
    public void alterUser(String login, char[] password) {
        throw new SecurityException("users are kept in a file: use ./pos ops user password");
    }

    @Override
    public void dropUser(String login) {
        throw new SecurityException("users are kept in a file: use ./pos ops user remove");
    }
}
