package io.citygrid.ops.check;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.load.cli.GridOptions;
import io.citygrid.load.progress.PrintedProgress;
import io.citygrid.load.reconcile.NoSuchCity;
import io.citygrid.security.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code check}: whether a running system adds up. */
@Command(
        name = "check",
        description = {
            "Checks a running system while its stores sell, and changes nothing: receipts, money, stock and order ids;"
                    + " every copy against the others; the grid against PostgreSQL, head office and the warehouse; the"
                    + " sums for reports; nodes, fragments, databases, clocks and what waits.",
            "Says in plain words what is wrong and what to do about it, the verdict in the last line."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all of it was checked and is right",
            "1:something is wrong; what, is printed",
            "2:something could not be checked and nothing is known to be wrong; or wrong usage"
        })
public final class CheckCommand implements Callable<Integer> {
    @Option(
            names = "--city",
            paramLabel = "NAME|ID",
            description = "Only this city, the nodes and the reference tables (default: all cities).")
    private @Nullable String city;

    @Option(names = "--json", description = "Prints one JSON object for programs instead.")
    private boolean json;

    @Mixin
    private GridOptions grid = new GridOptions(Role.OPS);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        try (GridClient client = new GridClient(grid.settings())) {
            CheckResult result = new SystemCheck(client, PrintedProgress.ofProcess()).run(city);
            if (json) {
                out.println(CheckWords.json(result));
                out.flush();
            } else {
                CheckWords.print(result, out);
            }
            return result.verdict().exitCode();
        } catch (NoSuchCity unknown) {
            throw new ParameterException(command.commandLine(), String.valueOf(unknown.getMessage()), unknown);
        } catch (OutcomeUnknown unanswered) {
            command.commandLine()
                    .getErr()
                    .println("pos: nothing could be checked: " + unanswered.getMessage()
                            + ". Is the grid running, and are these its thin client addresses?");
            return CheckResult.Verdict.NOT_CHECKED.exitCode();
        }
    }
}
