package io.citygrid.grid.backup;

import io.citygrid.durability.Databases;
import io.citygrid.durability.PgDump;
import io.citygrid.grid.Closing;
import io.citygrid.model.Moments;
import io.citygrid.model.status.GridClosing.State;
import io.citygrid.placement.NodeAttributes;
import io.citygrid.security.disk.DataKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgniteFuture;

/**
 * Makes one backup: the cluster's snapshot, then a dump of each database. Sales go on meanwhile. The dumps are later than the
 * snapshot by what it takes, each as of one moment of its own; a restore of the grid needs none of them.
 */
final class Backup {
    private static final Duration SNAPSHOT_WITHIN = Duration.ofMinutes(60);
    private static final String WITH_WARNINGS = "completed with the warnings";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'full_'yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    /** As Ignite demands of snapshots. */
    private static final String NAME_FORM = "[A-Za-z0-9_]{1,60}";

    private final Ignite node;
    private final Databases databases;
    private final BackupFolder folder;
    private final Steps steps;

    Backup(Ignite node, Databases databases, BackupFolder folder, Steps steps) {
        this.node = node;
        this.databases = databases;
        this.folder = folder;
        this.steps = steps;
    }

    /**
     * A full one.
     *
     * @param wanted its name; empty for one that says when it was made
     * @throws NotPossible if it cannot be made
     */
    void full(String wanted) {
        requireOpen();
        String name = wanted.isEmpty() ? NAME.format(Instant.now()) : wanted;
        if (!name.matches(NAME_FORM)) {
            throw new NotPossible("The name '" + name + "' does not do: up to 60 letters, digits and underscores.");
        }
        boolean made = folder.manifest(name)
                .flatMap(known -> known.point(0))
                .filter(point -> point.snapshotAt() != null)
                .isPresent();
        if (made
                || LocalBackups.everywhere(node).byNode().values().stream()
                        .anyMatch(local -> !local.parts(name).isEmpty())) {
            throw new NotPossible("There is a backup " + name + " already. Choose another name.");
        }
        Manifest manifest = begun(name);
        snapshot(manifest, 0, node.snapshot()::createSnapshot);
    }

    /**
     * An increment on the newest full one.
     *
     * @param wanted the name of that; empty for whichever it is
     * @throws NotPossible if it cannot be made
     */
    void increment(String wanted) {
        requireOpen();
        if (DataKey.isUsedBy(node.configuration())) {
            throw new NotPossible(
                    "Encrypted data has no increments: Ignite makes none of it. Make a full backup instead.");
        }
        List<Manifest> complete =
                folder.manifests().stream().filter(Manifest::complete).toList();
        if (complete.isEmpty()) {
            throw new NotPossible(
                    "There is no full backup in " + folder.of("") + " to make an increment on. Make one first.");
        }
        Manifest newest = complete.get(complete.size() - 1);
        if (!wanted.isEmpty() && !wanted.equals(newest.name())) {
            throw new NotPossible("Increments are made on the newest full backup, which is " + newest.name() + ".");
        }
        int next = 1 + increments(newest.name());
        snapshot(newest, next, node.snapshot()::createIncrementalSnapshot);
    }

    private int increments(String name) {
        return new SnapshotFolder(node)
                .all().getOrDefault(name, new SnapshotFolder.Found(0, Map.of())).parts().values().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0);
    }

    private void requireOpen() {
        Closing.of(node).filter(closing -> closing.state() != State.OPEN).ifPresent(closing -> {
            throw new NotPossible("The grid is closed: " + closing.message() + ".");
        });
    }

    /** Ignite makes a snapshot of copies that differ, with a warning; one would be brought back as it is, whichever is right. */
    private static String reason(IgniteException failed) {
        String words = Words.of(failed);
        return words.contains(WITH_WARNINGS)
                ? "copies on different nodes are not equal; ./pos check names them and says what to do"
                : words;
    }

    private interface Snapshot {
        IgniteFuture<Void> of(String name);
    }

    private void snapshot(Manifest manifest, int increment, Snapshot snapshot) {
        Manifest.Point point = new Manifest.Point(increment, Moments.now(), null, null, List.of());
        folder.clear(manifest.name(), point);
        Manifest now = manifest.with(point);
        folder.write(now);
        steps.next(
                (increment == 0 ? "snapshot " + manifest.name() : "increment " + increment + " of " + manifest.name())
                        + " of " + manifest.nodes().size() + " nodes");
        try {
            snapshot.of(manifest.name()).get(SNAPSHOT_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IgniteException failed) {
            if (increment > 0) {
                // What the backup had before is as good as it was.
                folder.write(manifest);
            }
            throw new NotPossible(
                    "The snapshot was not made: " + reason(failed) + "."
                            + (increment == 0 ? "" : " Make a full backup instead: ./pos ops backup."),
                    failed);
        }
        point = new Manifest.Point(increment, point.begun(), Moments.now(), null, List.of());
        folder.write(now.with(point));
        List<PgDump.Database> dumped = new ArrayList<>();
        PgDump dump = new PgDump(databases);
        for (int home : new TreeSet<>(databases.settings().urls().keySet())) {
            String database = databases.settings().name(home);
            steps.next("dump of " + database);
            dumped.add(dump.dump(home, folder.dump(manifest.name(), point, database)));
        }
        point = new Manifest.Point(increment, point.begun(), point.snapshotAt(), Moments.now(), dumped);
        folder.write(now.with(point));
        steps.next("the backup " + manifest.name() + (increment == 0 ? "" : ", increment " + increment + ",")
                + " is complete: "
                + dumped.stream()
                        .flatMap(database -> database.tables().stream())
                        .mapToLong(PgDump.Table::rows)
                        .sum()
                + " rows in dumps of " + dumped.size() + " databases, in " + folder.of(manifest.name()));
    }

    private Manifest begun(String name) {
        ClusterNode self = node.cluster().localNode();
        List<Manifest.Member> members =
                node.cluster().forServers().forAttribute(NodeAttributes.ROLE, NodeAttributes.ROLE_DATA).nodes().stream()
                        .map(member -> new Manifest.Member(
                                member.consistentId().toString(),
                                List.copyOf(new TreeSet<>(NodeAttributes.cities(member)))))
                        .sorted(Comparator.comparing(Manifest.Member::name))
                        .toList();
        return new Manifest(
                Manifest.FORMAT,
                name,
                Objects.requireNonNullElse(getClass().getPackage().getImplementationVersion(), "unreleased"),
                node.version().toString(),
                Runtime.version().toString(),
                attribute(self, NodeAttributes.SURVIVAL_GOAL),
                attribute(self, NodeAttributes.WRITE_THROUGH),
                attribute(self, NodeAttributes.CITY_LOSS),
                members,
                List.of());
    }

    private static String attribute(ClusterNode self, String name) {
        return Objects.requireNonNullElse(self.<String>attribute(name), "unknown");
    }
}
