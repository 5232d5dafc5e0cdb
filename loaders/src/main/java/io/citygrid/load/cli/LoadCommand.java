package io.citygrid.load.cli;

import io.citygrid.grid.client.NotAllowed;
import io.citygrid.grid.client.OutcomeUnknown;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code load}: the command that fills the grid. What it does is in its subcommands. */
@Command(
        name = "load",
        description =
                "Fills a running grid with data, or compares it with PostgreSQL. Every subcommand may be run again; "
                        + "catalog sets names, prices and categories back to what the file says.",
        subcommands = {
            CatalogCommand.class,
            SalesCommand.class,
            GenerateCommand.class,
            WarmCommand.class,
            ReconcileCommand.class,
            WarehouseCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all of it is in the grid, and equal where it was compared",
            "1:something failed; what, is printed",
            "2:wrong usage"
        })
public final class LoadCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    private boolean helpRequested;

    /** The command line, ready to execute arguments. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new LoadCommand());
        line.setParameterExceptionHandler((wrong, arguments) -> {
            CommandLine command = wrong.getCommandLine();
            command.getErr().println(wrong.getMessage());
            command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help.");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, arguments) -> {
            if (failure instanceof OutcomeUnknown unanswered) {
                command.getErr().println("The grid does not answer: " + sentence(unanswered));
                command.getErr().println("Run the same command again when it does: it continues where it stopped.");
            } else if (failure instanceof NotAllowed refused) {
                command.getErr().println("The grid does not allow it: " + refused.getMessage() + ".");
            } else if (failure instanceof IOException || failure instanceof IllegalStateException) {
                command.getErr().println("Failed: " + failure.getMessage());
            } else {
                throw failure;
            }
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }

    private static String sentence(OutcomeUnknown unanswered) {
        Throwable cause = unanswered.getCause();
        return unanswered.getMessage() + (cause == null ? "." : " (" + cause.getMessage() + ").");
    }

    /** Runs {@code load} as a program of its own. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }
}
