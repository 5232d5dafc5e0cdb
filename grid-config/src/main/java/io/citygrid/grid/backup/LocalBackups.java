package io.citygrid.grid.backup;

import io.citygrid.grid.EveryNode;
import io.citygrid.grid.EveryNode.Answers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;

/** What one node has of all backups: the manifests in its folder, and parts of snapshots. */
final class LocalBackups {
    private static final Duration WITHIN = Duration.ofSeconds(15);

    private final List<String> manifests;
    private final Map<String, Long> bytes = new HashMap<>();

    /** By snapshot and part: the number of increments. */
    private final Map<String, Map<String, Integer>> parts = new HashMap<>();

    private LocalBackups(List<String> manifests, Map<String, SnapshotFolder.Found> snapshots) {
        this.manifests = manifests;
        snapshots.forEach((name, found) -> {
            bytes.put(name, found.bytes());
            parts.put(name, new HashMap<>(found.parts()));
        });
    }

    /** Asks all nodes. */
    static Answers<LocalBackups> everywhere(Ignite node) {
        return EveryNode.ask(node, new Look(), WITHIN);
    }

    List<Manifest> manifests() {
        return manifests.stream().map(BackupFolder::parse).toList();
    }

    /** What the node's parts of a snapshot take on disk. */
    long bytes(String name) {
        return bytes.getOrDefault(name, 0L);
    }

    /** The parts that the node has of a snapshot, with their number of increments. */
    Map<String, Integer> parts(String name) {
        return parts.getOrDefault(name, Map.of());
    }

    static final class Look implements IgniteCallable<LocalBackups> {
        private static final long serialVersionUID = 1L;

        @IgniteInstanceResource
        private transient Ignite node;

        @Override
        public LocalBackups call() {
            List<String> manifests = new ArrayList<>();
            Backups.of(node).folder().manifests().forEach(manifest -> manifests.add(BackupFolder.format(manifest)));
            return new LocalBackups(manifests, new SnapshotFolder(node).all());
        }
    }
}
