package io.citygrid.security.plugin;

import java.io.Serializable;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.ignite.internal.processors.security.SecurityContext;
import org.apache.ignite.plugin.security.SecuritySubject;
import org.apache.ignite.plugin.security.SecuritySubjectType;
import org.jspecify.annotations.Nullable;

/**
 * A node or a user who has logged in. It travels in a node's attributes, by Java's serialisation; a user's has the same id on every
 * node, made of the name, so that a node that is told the id knows the user without asking where they came in.
 */
final class Subject implements SecuritySubject, SecurityContext, Serializable {
    private static final long serialVersionUID = 1L;

    /** Ids made of names are of this version; those of nodes are random. */
    private static final int BY_NAME = 3;

    private final UUID id;
    private final SecuritySubjectType type;
    private final String login;
    private final @Nullable InetSocketAddress address;

    private Subject(UUID id, SecuritySubjectType type, String login, @Nullable InetSocketAddress address) {
        this.id = id;
        this.type = type;
        this.login = login;
        this.address = address;
    }

    static Subject node(UUID nodeId, String login) {
        return new Subject(nodeId, SecuritySubjectType.REMOTE_NODE, login, null);
    }

    static Subject user(String name, @Nullable InetSocketAddress address) {
        return new Subject(userId(name), SecuritySubjectType.REMOTE_CLIENT, name, address);
    }

    static UUID userId(String name) {
        return UUID.nameUUIDFromBytes(("citygrid user " + name).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether {@code id} may be a user's; a node's never is. */
    static boolean mayBeUser(UUID id) {
        return id.version() == BY_NAME;
    }

    @Override
    public SecuritySubject subject() {
        return this;
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public SecuritySubjectType type() {
        return type;
    }

    @Override
    public Object login() {
        return login;
    }

    @Override
    @Nullable
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public String toString() {
        return "Subject[" + login + "]";
    }
}
