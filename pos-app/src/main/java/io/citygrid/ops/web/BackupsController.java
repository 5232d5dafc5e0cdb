package io.citygrid.ops.web;

import io.citygrid.grid.backup.BackupList;
import io.citygrid.grid.backup.BackupsTask;
import io.citygrid.grid.backup.KnownBackup;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.Tasks;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/backups}: which backups there are, newest first, and whether one is being brought back. */
@RestController
final class BackupsController {
    /**
     * All backups that living nodes know of.
     *
     * @param closed why the grid is closed, in a sentence without a full stop; empty if it is open
     * @param silentNodes nodes that did not say what they have
     */
    record BackupsView(String closed, List<String> silentNodes, List<BackupView> backups) {
        static BackupsView of(BackupList list) {
            return new BackupsView(
                    list.closed(),
                    list.silent(),
                    list.backups().stream().map(BackupView::of).toList());
        }
    }

    /**
     * A backup.
     *
     * @param begun when the full backup was begun
     * @param newest when its newest state was begun
     * @param problems what is missing of it, in words
     */
    record BackupView(
            String name,
            Instant begun,
            Instant newest,
            int increments,
            long snapshotBytes,
            long dumpBytes,
            boolean complete,
            List<String> problems) {
        static BackupView of(KnownBackup backup) {
            return new BackupView(
                    backup.name(),
                    backup.begun(),
                    backup.newest(),
                    backup.increments(),
                    backup.snapshotBytes(),
                    backup.dumpBytes(),
                    backup.complete(),
                    backup.problems());
        }
    }

    private final GridClient grid;

    BackupsController(GridClient grid) {
        this.grid = grid;
    }

    @GetMapping("/api/backups")
    BackupsView backups() {
        return BackupsView.of(grid.operate(Tasks.BACKUPS, BackupsTask.ALL));
    }
}
