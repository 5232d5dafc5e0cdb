package io.citygrid.durability;

import java.time.Instant;

/**
 * Whether a database is in reach of this node.
 *
 * @param since when that was found out first
 * @param reason why it is out of reach; empty if it is not
 */
public record Reachability(boolean reachable, Instant since, String reason) {}
