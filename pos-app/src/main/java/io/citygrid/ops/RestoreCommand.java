package io.citygrid.ops;

import io.citygrid.grid.backup.RestorePlan;
import io.citygrid.grid.backup.RunRequest;
import io.citygrid.grid.backup.RunRequest.Work;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.grid.client.Tasks;
import io.citygrid.load.cli.GridOptions;
import io.citygrid.security.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops restore}: brings a backup back. */
@Command(
        name = "restore",
        description =
                "Brings a backup back into the grid: stops sales, destroys what the grid has, restores the snapshot,"
                        + " makes the grid and PostgreSQL equal as you choose, and opens again. Says what will be lost and"
                        + " asks before it begins.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RestoreCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The backup; ./pos ops backups lists them.")
    private String name = "";

    @Option(
            names = "--increment",
            paramLabel = "N",
            description = "The state after its increment N (default: that of the full backup).")
    private int increment;

    /** What becomes of what was sold since. */
    private static final class Choice {
        @Option(
                names = "--roll-forward",
                description = "The grid takes over what PostgreSQL has: no sale is lost. For a grid that is damaged.")
        private boolean forward;

        @Option(
                names = "--roll-back",
                description =
                        "PostgreSQL takes over what the backup has: everything since is lost, in the warehouse and the"
                                + " log too. For a mistake that is to be undone.")
        private boolean back;

        @Option(
                names = "--abandon",
                description =
                        "Gives up a restore that stopped in the middle: the grid opens empty, for ./pos load warm to"
                                + " fill.")
        private boolean abandon;
    }

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Where its manifest is, on the machine of the oldest node, if it was made with --to.")
    private @Nullable Path folder;

    @Option(names = "--yes", description = "Does not ask, for scripts.")
    private boolean yes;

    @Mixin
    private GridOptions grid = new GridOptions(Role.OPS);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        if (name.isEmpty() && !choice.abandon) {
            throw new ParameterException(command.commandLine(), "say which backup: ./pos ops backups lists them");
        }
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        Work work = choice.abandon ? Work.ABANDON : choice.forward ? Work.ROLL_FORWARD : Work.ROLL_BACK;
        RunRequest request = RunRequest.begin(
                work,
                name,
                increment,
                folder == null ? null : folder.toAbsolutePath().toString());
        try (GridClient client = new GridClient(grid.settings())) {
            if (!choice.abandon) {
                RestorePlan plan = client.operate(Tasks.RESTORE_PLAN, request);
                if (plan.refusal() != null) {
                    err.println("pos: " + plan.refusal());
                    return ExitCode.SOFTWARE;
                }
                out.println(RestoreWords.of(plan, work, name, increment));
            } else {
                out.println(
                        "This gives up a restore that stopped in the middle. What the grid has of it is destroyed; it opens empty,"
                                + " and ./pos load warm fills it with what PostgreSQL has.");
            }
            if (!yes && !confirmed(out)) {
                err.println("pos: nothing was changed.");
                return ExitCode.SOFTWARE;
            }
            Optional<String> failure = FollowedRun.run(client, request, step -> {
                out.println(step);
                out.flush();
            });
            failure.ifPresent(why -> err.println("pos: " + why));
            return failure.isPresent() ? ExitCode.SOFTWARE : ExitCode.OK;
        } catch (OutcomeUnknown noAnswer) {
            err.println("pos: the grid does not answer (" + noAnswer.getMessage()
                    + "). If the restore was begun it goes on by itself: ./pos ops backups" + grid.asGiven()
                    + " says whether the grid is still closed.");
            return ExitCode.SOFTWARE;
        }
    }

    private boolean confirmed(PrintWriter out) throws IOException {
        String word = choice.abandon ? "abandon" : name;
        out.print("Type " + word + " to begin, anything else to leave it: ");
        out.flush();
        String typed = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return typed != null && typed.strip().equals(word);
    }
}
