package io.citygrid;

import io.citygrid.bench.BenchCommand;
import io.citygrid.bench.BenchReportsCommand;
import io.citygrid.demo.DemoCommand;
import io.citygrid.grid.client.NotAllowed;
import io.citygrid.launch.AppCommand;
import io.citygrid.launch.BusinessZone;
import io.citygrid.launch.CannotStart;
import io.citygrid.launch.Environment;
import io.citygrid.launch.LogFile;
import io.citygrid.launch.NodeCommand;
import io.citygrid.load.cli.LoadCommand;
import io.citygrid.ops.CertsCommand;
import io.citygrid.ops.OpsCommand;
import io.citygrid.ops.check.CheckCommand;
import io.citygrid.report.sql.SqlCommand;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;

/** The program: says what its roles are, runs one of them, and turns what went wrong into one line and an exit code. */
@Command(
        name = "pos",
        description = "CityGrid POS: a retail chain's point of sale on a grid that each city keeps running.",
        subcommands = {
            DemoCommand.class,
            NodeCommand.class,
            AppCommand.class,
            OpsCommand.class,
            CheckCommand.class,
            SqlCommand.class,
            CertsCommand.class
        },
        versionProvider = PosApplication.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, or stopped when asked to", "1:it failed; why, is printed", "2:wrong usage"})
public final class PosApplication {
    private PosApplication() {}

    /** Runs the role that the arguments name and exits. */
    public static void main(String[] arguments) {
        LogFile.useConsole();
        CommandLine line = commandLine();
        try {
            BusinessZone.use();
        } catch (CannotStart unknown) {
            line.getErr().println("pos: " + unknown.getMessage());
            System.exit(ExitCode.USAGE);
        }
        System.exit(line.execute(arguments));
    }

    static CommandLine commandLine() {
        return commandLine(System.getenv());
    }

    /** @param environment what sets options of roles that run on servers */
    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine line = new CommandLine(new PosApplication());
        line.getCommandSpec().mixinStandardHelpOptions(true);
        line.getSubcommands().values().forEach(role -> role.getCommandSpec().mixinStandardHelpOptions(true));
        for (String role : List.of("node", "app")) {
            Environment.sets(Objects.requireNonNull(line.getSubcommands().get(role)), environment);
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((wrong, arguments) -> {
            CommandLine role = wrong.getCommandLine();
            role.getErr().println("pos: " + firstLine(wrong.getMessage()));
            role.getErr().println("See " + role.getCommandSpec().qualifiedName() + " --help.");
            return ExitCode.USAGE;
        });
        CommandLine load = LoadCommand.commandLine();
        List<CommandLine> benches =
                List.of(new CommandLine(new BenchCommand()), new CommandLine(new BenchReportsCommand()));
        line.setExecutionExceptionHandler((failure, role, arguments) -> {
            if (!benches.contains(role) && isPartOf(role, load)) {
                return load.getExecutionExceptionHandler().handleExecutionException(failure, role, arguments);
            }
            role.getErr().println("pos: " + explain(failure));
            return ExitCode.SOFTWARE;
        });
        // Added last, because setting a handler sets it for all subcommands, and the loaders have one of their own.
        line.addSubcommand("load", load);
        // They drive the whole program, which the loaders know nothing of.
        for (CommandLine bench : benches) {
            bench.setExecutionExceptionHandler(line.getExecutionExceptionHandler());
            bench.setParameterExceptionHandler(line.getParameterExceptionHandler());
            load.addSubcommand(bench.getCommandName(), bench);
        }
        return line;
    }

    private static boolean isPartOf(@Nullable CommandLine role, CommandLine whole) {
        return role != null && (role == whole || isPartOf(role.getParent(), whole));
    }

    private static String explain(Exception failure) {
        @Nullable String log = LogFile.inUse();
        if (log != null) {
            LoggerFactory.getLogger(PosApplication.class).info("stopped by a failure", failure);
        }
        if (failure instanceof CannotStart) {
            return firstLine(failure.getMessage());
        }
        if (failure instanceof NotAllowed) {
            return "the grid does not allow it: " + firstLine(failure.getMessage());
        }
        return "unexpected: " + firstLine(failure.toString()) + (log == null ? "" : "; more in " + log);
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("no reason given");
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = PosApplication.class.getPackage().getImplementationVersion();
            return new String[] {"CityGrid POS " + (version == null ? "(not packaged)" : version)};
        }
    }
}
