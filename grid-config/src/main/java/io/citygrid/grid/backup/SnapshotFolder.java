package io.citygrid.grid.backup;

import io.citygrid.grid.GridCaches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ignite.Ignite;

/** What a node has on its disk of the cluster's snapshots, and of the cache groups that a restore brings back. */
final class SnapshotFolder {
    private static final Pattern PART = Pattern.compile("(.+)\\.smf");
    private static final String INCREMENTS = "increments";
    private static final String DATA = "db";
    private static final String GROUP = "cacheGroup-";

    private final Path work;
    private final Path snapshots;

    SnapshotFolder(Ignite node) {
        this.work = Path.of(node.configuration().getWorkDirectory());
        this.snapshots = work.resolve(node.configuration().getSnapshotPath());
    }

    /**
     * What is there of one snapshot.
     *
     * @param parts how many increments each part has, by the name of the node that made it as Ignite writes it in file names
     */
    record Found(long bytes, Map<String, Integer> parts) {}

    /** All snapshots, by name. */
    Map<String, Found> all() {
        Map<String, Found> found = new TreeMap<>();
        try {
            for (Path snapshot : list(snapshots)) {
                Map<String, Integer> parts = new TreeMap<>();
                for (Path file : list(snapshot)) {
                    Matcher part = PART.matcher(file.getFileName().toString());
                    if (part.matches()) {
                        parts.put(part.group(1), increments(snapshot, file.getFileName()));
                    }
                }
                if (!parts.isEmpty()) {
                    found.put(snapshot.getFileName().toString(), new Found(bytes(snapshot), parts));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return found;
    }

    /** As Ignite writes a node's name in file names. */
    static String partName(String node) {
        return node.replaceAll("[^a-zA-Z0-9_]", "_");
    }

    private static int increments(Path snapshot, Path part) throws IOException {
        int count = 0;
        for (Path increment : list(snapshot.resolve(INCREMENTS))) {
            count += Files.isRegularFile(increment.resolve(part)) ? 1 : 0;
        }
        return count;
    }

    private static long bytes(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    /** Deletes what is here of a snapshot. */
    void delete(String name) {
        BackupFolder.delete(snapshots.resolve(name));
    }

    /** Whether nothing is left on disk of the destroyed cache groups; Ignite restores into empty folders alone. */
    boolean destroyed() {
        try {
            for (Path node : list(work.resolve(DATA))) {
                for (String group : GridCaches.RESTORED_GROUPS) {
                    if (!list(node.resolve(GROUP + group)).isEmpty()) {
                        return false;
                    }
                }
            }
            return true;
        } catch (IOException beingDeleted) {
            return false;
        }
    }
}
