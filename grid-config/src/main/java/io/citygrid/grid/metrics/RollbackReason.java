package io.citygrid.grid.metrics;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.grid.NotInCharge;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.StoreNotOpen;
import java.util.List;
import org.apache.ignite.cluster.ClusterTopologyException;
import org.apache.ignite.transactions.TransactionDeadlockException;
import org.apache.ignite.transactions.TransactionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Why a grid transaction was rolled back, as metrics spell it: one of a few words. */
final class RollbackReason {
    private static final int CAUSES_MAX = 32;

    /** All of them. */
    static final List<String> ALL = List.of(
            "database",
            "store_not_open",
            "not_in_charge",
            "in_doubt",
            "timeout",
            "deadlock",
            "node_left",
            "given_up",
            "failed");

    private RollbackReason() {}

    static String of(Throwable failure) {
        if (failure instanceof DatabaseRefusal) {
            return "database";
        }
        if (failure instanceof StoreNotOpen) {
            return "store_not_open";
        }
        if (failure instanceof NotInCharge) {
            return "not_in_charge";
        }
        if (failure instanceof RolledBack rolledBack && rolledBack.isInDoubt()) {
            return "in_doubt";
        }
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof TransactionTimeoutException) {
                return "timeout";
            }
            if (cause instanceof TransactionDeadlockException) {
                return "deadlock";
            }
            if (cause instanceof ClusterTopologyException) {
                return "node_left";
            }
            cause = cause.getCause();
        }
        return failure instanceof RolledBack ? "given_up" : "failed";
    }
}
