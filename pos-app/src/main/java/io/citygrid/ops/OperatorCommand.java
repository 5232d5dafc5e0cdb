package io.citygrid.ops;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.MergeRefused;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.launch.Console;
import io.citygrid.load.cli.GridOptions;
import io.citygrid.security.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands have in common that change or watch a running grid step by step: each may be run again. */
abstract class OperatorCommand implements Callable<Integer> {
    /** A node that starts can keep the others waiting for some seconds. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

    @Mixin
    private final GridOptions grid;

    @Spec
    private @Nullable CommandSpec spec;

    OperatorCommand() {
        this(Role.OPS);
    }

    /** @param demoRole whom a demo lets do this */
    OperatorCommand(Role demoRole) {
        this.grid = new GridOptions(demoRole);
    }

    /** Does it, saying what happens. */
    abstract void on(GridClient client, Console console);

    @Override
    public final Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        Console console = new Console(command.commandLine().getOut());
        try (GridClient client = new GridClient(grid.settings(), ANSWER_WITHIN)) {
            on(client, console);
            return ExitCode.OK;
        } catch (NotDone refused) {
            command.commandLine().getErr().println("pos: " + refused.getMessage());
        } catch (MergeRefused refused) {
            command.commandLine()
                    .getErr()
                    .println("pos: the grid did not take the rows: " + refused.getMessage() + ". Run it again then.");
        } catch (OutcomeUnknown noAnswer) {
            command.commandLine()
                    .getErr()
                    .println("pos: the grid does not answer (" + WholeGrid.words(noAnswer)
                            + "). Run the same command again: doing it twice does no harm.");
        }
        return ExitCode.SOFTWARE;
    }

    /** The options by which the same grid is found again; empty if none was needed. */
    final String sameGrid() {
        return grid.asGiven();
    }
}
