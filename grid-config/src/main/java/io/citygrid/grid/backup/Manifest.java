package io.citygrid.grid.backup;

import io.citygrid.durability.PgDump;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a backup is made of, as it is written down beside the databases' dumps.
 *
 * @param format of this file
 * @param program its version
 * @param points the full backup, then its increments in their order
 */
public record Manifest(
        int format,
        String name,
        String program,
        String ignite,
        String javaVersion,
        String survivalGoal,
        String writeThrough,
        String cityLoss,
        List<Member> nodes,
        List<Point> points) {
    static final int FORMAT = 1;

    public Manifest {
        nodes = List.copyOf(nodes);
        points = List.copyOf(points);
    }

    /** A node of the grid, which has a part of the snapshot. */
    public record Member(String name, List<Integer> cities) {
        public Member {
            cities = List.copyOf(cities);
        }
    }

    /**
     * A state that can be brought back.
     *
     * @param increment 0 for the full backup
     * @param begun before it the snapshot's moment is not
     * @param snapshotAt after it the snapshot's moment is not; {@code null} if the snapshot failed, or never ended
     * @param ended {@code null} if something failed, or never ended
     * @param databases what was dumped
     */
    public record Point(
            int increment,
            Instant begun,
            @Nullable Instant snapshotAt,
            @Nullable Instant ended,
            List<PgDump.Database> databases) {
        public Point {
            databases = List.copyOf(databases);
        }

        /** Whether nothing of it is missing. */
        public boolean complete() {
            return ended != null;
        }

        /** Of all dumps together. */
        public long dumpBytes() {
            return databases.stream().mapToLong(PgDump.Database::bytes).sum();
        }

        /** The folder of its dumps, in the backup's. */
        String folder() {
            return increment == 0 ? "full" : "increment-" + increment;
        }
    }

    Manifest with(Point point) {
        List<Point> others = points.stream()
                .filter(known -> known.increment() < point.increment())
                .toList();
        return new Manifest(
                format,
                name,
                program,
                ignite,
                javaVersion,
                survivalGoal,
                writeThrough,
                cityLoss,
                nodes,
                Stream.concat(others.stream(), Stream.of(point)).toList());
    }

    /** The state after that increment (0: the full backup), if there is one. */
    public Optional<Point> point(int increment) {
        return points.stream().filter(point -> point.increment() == increment).findFirst();
    }

    /** Whether the full backup is whole, so that increments can be made on it. */
    public boolean complete() {
        return point(0).filter(Point::complete).isPresent();
    }

    /** When the newest state was begun. */
    Instant newest() {
        return points.isEmpty() ? Instant.EPOCH : points.get(points.size() - 1).begun();
    }

    /** When the full backup was begun. */
    public Instant begun() {
        return points.isEmpty() ? Instant.EPOCH : points.get(0).begun();
    }
}
