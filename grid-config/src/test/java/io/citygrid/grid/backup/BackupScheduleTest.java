package io.citygrid.grid.backup;

import static io.citygrid.grid.backup.SomeBackups.complete;
import static io.citygrid.grid.backup.SomeBackups.minute;
import static io.citygrid.grid.backup.SomeBackups.unfinished;
import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.backup.RunRequest.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupScheduleTest {
    private static final Path FOLDER = Path.of("backups");

    private final BackupSchedule schedule = new BackupSchedule(
            new BackupSettings(FOLDER, Duration.ofMinutes(60), Duration.ofMinutes(20), 3), new BackupFolder(FOLDER));

    @Test
    void withoutAnyBackupOneIsDueAtOnce() {
        assertThat(schedule.due(List.of(), Instant.EPOCH, minute(0))).contains(Work.BACKUP);
    }

    @Test
    void aFullOneIsDueWhenTheNewestIsOldEnough() {
        assertThat(schedule.due(List.of(complete("a", 0)), minute(0), minute(60)))
                .contains(Work.BACKUP);
    }

    @Test
    void incrementsComeInBetween() {
        List<Manifest> known = List.of(complete("a", 0));
        assertThat(schedule.due(known, minute(0), minute(19))).isEmpty();
        assertThat(schedule.due(known, minute(0), minute(20))).contains(Work.INCREMENT);
        List<Manifest> incremented =
                List.of(known.get(0).with(new Manifest.Point(1, minute(20), minute(20), minute(20), List.of())));
        assertThat(schedule.due(incremented, minute(20), minute(30))).isEmpty();
    }

    @Test
    void whatFailedIsTriedAgainLater() {
        List<Manifest> known = List.of(unfinished("a", 0));
        assertThat(schedule.due(known, minute(0), minute(9))).isEmpty();
        assertThat(schedule.due(known, minute(0), minute(10))).contains(Work.BACKUP);
    }
}
