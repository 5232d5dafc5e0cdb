package io.citygrid.ops;

import io.citygrid.grid.backup.BackupList;
import io.citygrid.grid.backup.BackupsTask;
import io.citygrid.grid.backup.KnownBackup;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.grid.client.Tasks;
import io.citygrid.load.cli.GridOptions;
import io.citygrid.security.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ops backups}: lists what there is. */
@Command(
        name = "backups",
        description =
                "Lists the backups that the nodes have, newest first. Exit code 1 if the newest is not complete, or"
                        + " there is none.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BackupsCommand implements Callable<Integer> {
    private static final String ROW = "%-26s %-12s %10s %10s %11s  %s%n";

    @Mixin
    private GridOptions grid = new GridOptions(Role.OPS);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        try (GridClient client = new GridClient(grid.settings())) {
            BackupList list = client.operate(Tasks.BACKUPS, BackupsTask.ALL);
            if (!list.closed().isEmpty()) {
                out.println("Note: " + list.closed() + ".");
            }
            if (list.backups().isEmpty()) {
                out.println("There is no backup yet: make one with ./pos ops backup" + grid.asGiven());
            } else {
                out.printf(ROW, "NAME", "NEWEST STATE", "SNAPSHOT", "DUMPS", "INCREMENTS", "STATE");
                Instant now = Instant.now();
                list.backups().forEach(backup -> print(out, backup, now));
            }
            if (!list.silent().isEmpty()) {
                err.println("pos: no answer from " + String.join(", ", list.silent()) + ": it may have more.");
            }
            return !list.backups().isEmpty() && list.backups().get(0).complete() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (OutcomeUnknown noAnswer) {
            err.println("pos: the grid does not answer (" + noAnswer.getMessage() + "). Try again.");
            return ExitCode.SOFTWARE;
        }
    }

    private static void print(PrintWriter out, KnownBackup backup, Instant now) {
        out.printf(
                ROW,
                backup.name(),
                age(Duration.between(backup.newest(), now)) + " ago",
                megabytes(backup.snapshotBytes()),
                megabytes(backup.dumpBytes()),
                backup.increments() == 0 ? "none" : String.valueOf(backup.increments()),
                backup.complete() ? "complete" : "INCOMPLETE: " + String.join("; ", backup.problems()));
    }

    private static String age(Duration age) {
        if (age.toDays() > 1) {
            return age.toDays() + " days";
        }
        if (age.toHours() > 1) {
            return age.toHours() + " h";
        }
        return age.toMinutes() > 1 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
