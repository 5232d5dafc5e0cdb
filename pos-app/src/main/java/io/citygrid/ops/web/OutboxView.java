package io.citygrid.ops.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a city's database.
 *
 * @param oldestQueuedAt when the oldest entry was queued, as far as that is known
 */
record OutboxView(long entries, @Nullable Instant oldestQueuedAt) {}
