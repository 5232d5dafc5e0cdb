package io.citygrid.grid.backup;

import java.time.Instant;
import java.util.List;

/** Manifests for tests, begun at a minute of an hour. */
final class SomeBackups {
    private SomeBackups() {}

    static Instant minute(int minute) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * minute);
    }

    static Manifest complete(String name, int minute) {
        return of(name, new Manifest.Point(0, minute(minute), minute(minute), minute(minute), List.of()));
    }

    static Manifest unfinished(String name, int minute) {
        return of(name, new Manifest.Point(0, minute(minute), null, null, List.of()));
    }

    private static Manifest of(String name, Manifest.Point point) {
        return new Manifest(
                Manifest.FORMAT,
                name,
                "1",
                "2.17.0",
                "17",
                "both",
                "in-transaction",
                "hand-over",
                List.of(new Manifest.Member("karachi-1", List.of(1))),
                List.of(point));
    }
}
