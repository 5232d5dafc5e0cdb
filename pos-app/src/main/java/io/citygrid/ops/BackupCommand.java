package io.citygrid.ops;

import io.citygrid.grid.backup.RunRequest;
import io.citygrid.grid.backup.RunRequest.Work;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.load.cli.GridOptions;
import io.citygrid.security.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ops backup}: makes a backup while registers sell. */
@Command(
        name = "backup",
        description =
                "Makes a backup while registers sell: a snapshot of the whole grid at one moment, which stays on the"
                        + " nodes, and a dump of each PostgreSQL database, with a manifest of both.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BackupCommand implements Callable<Integer> {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Letters, digits and underscores (default: full_ and the time, UTC).")
    private String name = "";

    @Option(
            names = "--incremental",
            description = "An increment on the newest full backup: what has changed since, in seconds.")
    private boolean incremental;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description =
                    "Where manifest and dumps go, on the machine of the oldest node (default: that node's folder of "
                            + "backups, in the demo DIR/backups).")
    private @Nullable Path folder;

    @Mixin
    private GridOptions grid = new GridOptions(Role.OPS);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        RunRequest request = RunRequest.begin(
                incremental ? Work.INCREMENT : Work.BACKUP,
                name,
                0,
                folder == null ? null : folder.toAbsolutePath().toString());
        try (GridClient client = new GridClient(grid.settings())) {
            Optional<String> failure = FollowedRun.run(client, request, step -> {
                out.println(step);
                out.flush();
            });
            if (failure.isPresent()) {
                err.println("pos: no backup was made. " + failure.get());
                return ExitCode.SOFTWARE;
            }
            return ExitCode.OK;
        } catch (OutcomeUnknown noAnswer) {
            err.println("pos: the grid does not answer (" + noAnswer.getMessage()
                    + "). If the backup was begun it goes on: see ./pos ops backups" + grid.asGiven() + ".");
            return ExitCode.SOFTWARE;
        }
    }
}
