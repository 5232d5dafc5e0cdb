package io.citygrid.grid.backup;

import java.time.Instant;
import java.util.List;

/** A backup as operators see it in a list. */
public final class KnownBackup {
    private final String name;
    private final long begunMillis;
    private final long newestMillis;
    private final int increments;
    private final long snapshotBytes;
    private final long dumpBytes;
    private final List<String> problems;
    private final String manifest;

    KnownBackup(Manifest manifest, long snapshotBytes, List<String> problems) {
        this.name = manifest.name();
        this.begunMillis = manifest.begun().toEpochMilli();
        this.newestMillis = manifest.newest().toEpochMilli();
        this.increments = (int) manifest.points().stream()
                .filter(point -> point.increment() > 0 && point.snapshotAt() != null)
                .count();
        this.snapshotBytes = snapshotBytes;
        this.dumpBytes =
                manifest.points().stream().mapToLong(Manifest.Point::dumpBytes).sum();
        this.problems = List.copyOf(problems);
        this.manifest = BackupFolder.format(manifest);
    }

    public String name() {
        return name;
    }

    /** When the full backup was begun. */
    public Instant begun() {
        return Instant.ofEpochMilli(begunMillis);
    }

    /** When the newest state was begun: the full backup's or its last increment's. */
    public Instant newest() {
        return Instant.ofEpochMilli(newestMillis);
    }

    /** How many increments can be brought back. */
    public int increments() {
        return increments;
    }

    /** On all nodes together. */
    public long snapshotBytes() {
        return snapshotBytes;
    }

    /** Of the databases' dumps. */
    public long dumpBytes() {
        return dumpBytes;
    }

    /** Whether all of it is there. */
    public boolean complete() {
        return problems.isEmpty();
    }

    /** What is missing, in words; empty if it is complete. */
    public List<String> problems() {
        return problems;
    }

    /** What it is made of. */
    public Manifest manifest() {
        return BackupFolder.parse(manifest);
    }
}
