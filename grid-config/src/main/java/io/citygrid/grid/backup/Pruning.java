package io.citygrid.grid.backup;

import io.citygrid.grid.EveryNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;

/** Deletes old backups: all but the newest complete ones, with their increments, and what is older than the oldest that is kept. */
final class Pruning {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final Ignite node;
    private final BackupFolder folder;

    Pruning(Ignite node, BackupFolder folder) {
        this.node = node;
        this.folder = folder;
    }

    /** Keeps {@code full} complete backups. A backup of which a node keeps its part, because it is away, is deleted another time. */
    void keep(int full, Steps steps) {
        for (String name : superfluous(folder.manifests(), full)) {
            List<String> silent = EveryNode.ask(node, new Delete(name), WITHIN).silent();
            if (silent.isEmpty()) {
                folder.delete(name);
                steps.next("deleted the old backup " + name);
            } else {
                steps.next("the old backup " + name + " is deleted later: no answer from " + String.join(", ", silent));
            }
        }
    }

    /** @param manifests oldest first */
    static List<String> superfluous(List<Manifest> manifests, int full) {
        List<String> names = new ArrayList<>();
        int kept = 0;
        for (int i = manifests.size() - 1; i >= 0; i--) {
            Manifest manifest = manifests.get(i);
            if (kept >= Math.max(1, full)) {
                names.add(manifest.name());
            } else if (manifest.complete()) {
                kept++;
            } else if (kept > 0) {
                // What was not finished is of no use once a later one is.
                names.add(manifest.name());
            }
        }
        return names;
    }

    private static final class Delete implements IgniteCallable<Boolean> {
        private static final long serialVersionUID = 1L;

        private final String name;

        @IgniteInstanceResource
        private transient Ignite node;

        Delete(String name) {
            this.name = name;
        }

        @Override
        public Boolean call() {
            new SnapshotFolder(node).delete(name);
            return true;
        }
    }
}
