package io.citygrid.grid.backup;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a node keeps backups and when it makes them; the same on all nodes, since whichever is the oldest acts.
 *
 * @param directory for the manifests and the databases' dumps of the backups that this node makes
 * @param every how often a full backup is made by itself; zero for never
 * @param incrementEvery how often an increment is made in between; zero for never
 * @param keep how many full backups are kept, with their increments; the newest complete one is never deleted
 */
public record BackupSettings(Path directory, Duration every, Duration incrementEvery, int keep) {
    public static final int KEEP_DEFAULT = 7;

    private static final Duration EVERY_MIN = Duration.ofMinutes(1);

    public BackupSettings {
        requirePeriod("--backup-every", every);
        requirePeriod("--backup-increment-every", incrementEvery);
        if (!incrementEvery.isZero() && (every.isZero() || incrementEvery.compareTo(every) >= 0)) {
            throw new IllegalArgumentException("--backup-increment-every " + text(incrementEvery)
                    + ": increments come between full backups, so say " + "--backup-every too, and more than this");
        }
        if (keep < 1) {
            throw new IllegalArgumentException("--backup-keep " + keep + ": at least one backup is kept");
        }
    }

    /** Backups are made when somebody asks for one. */
    public static BackupSettings onDemand(Path directory) {
        return new BackupSettings(directory, Duration.ZERO, Duration.ZERO, KEEP_DEFAULT);
    }

    /** With its directory in {@code folder}, unless that is absolute. */
    public BackupSettings in(Path folder) {
        return new BackupSettings(folder.resolve(directory), every, incrementEvery, keep);
    }

    /**
     * Parses {@code 24h}, {@code 30m} or {@code off}.
     *
     * @throws IllegalArgumentException naming the option
     */
    public static Duration period(String option, String text) {
        if (text.equals("off")) {
            return Duration.ZERO;
        }
        if (!text.matches("[1-9]\\d{0,4}[mhd]")) {
            throw new IllegalArgumentException(option + " " + text + ": write 30m, 24h, 7d or off");
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** As {@link #period} reads it. */
    public static String text(Duration period) {
        return period.isZero() ? "off" : period.toMinutes() + "m";
    }

    private static void requirePeriod(String option, Duration period) {
        if (!period.isZero() && period.compareTo(EVERY_MIN) < 0) {
            throw new IllegalArgumentException(option + " " + period + ": at least a minute");
        }
    }
}
