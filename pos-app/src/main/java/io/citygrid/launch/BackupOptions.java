package io.citygrid.launch;

import io.citygrid.grid.backup.BackupSettings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** When backups are made by themselves, as options of a command line. */
public final class BackupOptions {
    private static final String EVERY = "--backup-every";
    private static final String INCREMENT_EVERY = "--backup-increment-every";

    @Option(
            names = EVERY,
            paramLabel = "TIME",
            description = "A full backup by itself so often, as in 24h or 7d (default: off).")
    private String every = "off";

    @Option(
            names = INCREMENT_EVERY,
            paramLabel = "TIME",
            description = "An increment in between so often, as in 30m (default: off).")
    private String incrementEvery = "off";

    @Option(
            names = "--backup-keep",
            paramLabel = "N",
            description = "With --backup-every: how many full backups are kept, with their increments (default: 7).")
    private int keep = BackupSettings.KEEP_DEFAULT;

    /** @throws IllegalArgumentException saying which option is wrong */
    public BackupSettings settings(Path directory) {
        return new BackupSettings(
                directory,
                BackupSettings.period(EVERY, every),
                BackupSettings.period(INCREMENT_EVERY, incrementEvery),
                keep);
    }
}
