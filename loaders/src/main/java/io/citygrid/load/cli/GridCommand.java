package io.citygrid.load.cli;

import io.citygrid.grid.client.GridClient;
import io.citygrid.load.progress.PrintedProgress;
import io.citygrid.load.progress.Progress;
import io.citygrid.load.progress.SummaryTable;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the subcommands have in common: a grid, progress, and an exit code that says whether all went well. */
abstract class GridCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private GridOptions gridOptions;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** A piece of work with the grid. */
    interface Work {
        /** Returns whether everything went well. */
        boolean with(GridClient grid, Progress progress);
    }

    /** Connects, works, and turns the result into the exit code. */
    final int onGrid(Work work) throws IOException {
        try (GridClient grid = new GridClient(gridOptions.settings())) {
            return work.with(grid, PrintedProgress.ofProcess()) ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    final void print(SummaryTable table) {
        command.commandLine().getOut().print(table);
        command.commandLine().getOut().flush();
    }

    final void say(String sentence) {
        command.commandLine().getOut().println(sentence);
        command.commandLine().getOut().flush();
    }

    final ParameterException wrongUsage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
