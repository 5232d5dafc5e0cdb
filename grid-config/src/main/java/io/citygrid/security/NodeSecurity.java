package io.citygrid.security;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a node knows its users, and itself.
 *
 * @param users the users file, of the same content on every machine
 * @param policy a policy that takes the place of the one that ships with the program; the same on all nodes
 * @param audit the folder of the node's audit log; may be one for all nodes
 * @param login the node's own, of role {@link Role#NODE}
 */
public record NodeSecurity(Path users, @Nullable Path policy, Path audit, GridLogin login) {}
