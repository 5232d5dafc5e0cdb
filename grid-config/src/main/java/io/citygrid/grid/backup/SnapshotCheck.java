package io.citygrid.grid.backup;

import io.citygrid.grid.GridCaches;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCheckedException;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.IgniteInternalFuture;
import org.apache.ignite.internal.processors.cache.persistence.snapshot.IgniteSnapshotManager;
import org.apache.ignite.internal.processors.cache.persistence.snapshot.IgniteSnapshotVerifyException;
import org.apache.ignite.internal.processors.cache.persistence.snapshot.SnapshotPartitionsVerifyTaskResult;

/**
 * Whether a snapshot is whole on all nodes, before anything is destroyed for it. Ignite looks itself when it restores, which is too
 * late; its own check has no public way but the control utility, which runs this very method on a node.
 */
final class SnapshotCheck {
    private static final Duration WITHIN = Duration.ofMinutes(30);

    private SnapshotCheck() {}

    /** @throws NotPossible if it is not */
    static void require(Ignite node, String name, int increment) {
        IgniteSnapshotManager snapshots =
                ((IgniteEx) node).context().cache().context().snapshotMgr();
        // As the restore itself looks at it.
        require(name, snapshots.checkSnapshot(name, null, GridCaches.RESTORED_GROUPS, true, increment, true));
        if (increment > 0) {
            // Every transaction of the increments is whole on all nodes.
            require(name, snapshots.checkSnapshot(name, null, increment));
        }
    }

    private static void require(String name, IgniteInternalFuture<SnapshotPartitionsVerifyTaskResult> check) {
        try {
            SnapshotPartitionsVerifyTaskResult result = check.get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            if (!result.exceptions().isEmpty()) {
                throw damaged(name, result.exceptions().values().iterator().next());
            }
            if (result.idleVerifyResult() != null && result.idleVerifyResult().hasConflicts()) {
                throw new NotPossible("The snapshot " + name
                        + " is damaged: its copies of some fragments differ. Choose another " + "backup.");
            }
        } catch (IgniteSnapshotVerifyException wrong) {
            throw damaged(name, wrong.exceptions().values().iterator().next());
        } catch (IgniteCheckedException notChecked) {
            throw damaged(name, notChecked);
        }
    }

    private static NotPossible damaged(String name, Exception why) {
        return new NotPossible(
                "The snapshot " + name + " cannot be used: " + Words.of(why) + ". Choose another backup.", why);
    }
}
