package io.citygrid.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody is in the chain. What a role may do is the {@link Policy}'s to say. */
public enum Role {
    /** Head office: everything. */
    CENTRAL_ADMIN,
    /** A store's register: sells in the stores of its own cities and reads the catalogue. */
    STORE_APP,
    /** Copies rows in: reads, inserts and updates, and never removes. */
    REPLICATOR,
    /** Asks questions of the views, without what customers' telephone and post are. */
    ANALYST,
    /** Runs the machines: snapshots, baseline, metrics; no data. */
    OPS,
    /** The web application's own account: its tasks and reads. Who its user is, is checked at the web door. */
    POS_APP,
    /** A grid node's own account, which is good for joining the grid and for nothing else. */
    NODE;

    /** As files write it: {@code store_app}. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such role */
    public static Role of(String setting) {
        return Arrays.stream(values())
                .filter(role -> role.setting().equals(setting))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no role '" + setting + "': the roles are "
                        + Arrays.stream(values()).map(Role::setting).collect(Collectors.joining(", "))));
    }
}
