package io.citygrid.ops.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A database as the nodes that use it see it; all values are missing while no such node has said anything.
 *
 * @param reachable whether all of them can reach it
 * @param since when that began
 * @param reason why it is out of reach
 */
record DatabaseView(
        @Nullable String name, @Nullable Boolean reachable, @Nullable Instant since, @Nullable String reason) {
    static final DatabaseView UNKNOWN = new DatabaseView(null, null, null, null);
}
