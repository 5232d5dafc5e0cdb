package io.citygrid.ops.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The central database as the nodes see it, and what waits for it; see {@link DatabaseView}.
 *
 * @param ordersWaiting orders whose mapping is not there yet
 * @param logWaiting rows of the replication log that are not there yet
 */
record CentralView(
        @Nullable String name,
        @Nullable Boolean reachable,
        @Nullable Instant since,
        @Nullable String reason,
        long ordersWaiting,
        long logWaiting) {}
