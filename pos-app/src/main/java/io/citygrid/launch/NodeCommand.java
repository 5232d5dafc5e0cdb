package io.citygrid.launch;

import io.citygrid.grid.node.GridNode;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.security.tls.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code node}: one grid node as a process of its own, until it is told to leave. */
@Command(
        name = "node",
        description = "Runs one grid node as a process of its own, until Ctrl-C or SIGTERM.",
        sortOptions = false)
public final class NodeCommand implements Callable<Integer> {
    /** In the node's folder while it runs: the id of its process. */
    public static final String PID_FILE = "pid";

    /** In the node's folder. */
    static final String LOG_FILE = "node.log";

    private static final String CITY_FIELD = "city_id";

    /** How far above a node's thin port its discovery port lies unless said otherwise. */
    public static final int DISCOVERY_ABOVE_THIN = 1000;

    /** How far above a node's thin port its communication port lies unless said otherwise. */
    public static final int COMMUNICATION_ABOVE_THIN = 2000;

    /** How far above a node's thin port its port for metrics lies unless said otherwise. */
    public static final int METRICS_ABOVE_THIN = 3000;

    /** Kept apart from the options that the environment may set: its writer is the supervisor. */
    static final String SETTINGS = "--settings";

    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(30);
    private static final Duration SAY_EVERY = Duration.ofSeconds(30);

    @Option(
            names = SETTINGS,
            paramLabel = "FILE",
            description = "All settings from a file, as a supervisor writes it, instead of all other options; the node "
                    + "then leaves when its standard input ends, and Ctrl-C is left to the supervisor.")
    private @Nullable Path settingsFile;

    @Mixin
    private @Nullable NodeOptions options;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        boolean supervised = settingsFile != null;
        NodeSettings settings = settings();
        if (LogFile.inUse() == null) {
            LogFile.use(
                    settings.directory().resolve(LOG_FILE),
                    Map.of("role", "node", "node", settings.name(), CITY_FIELD, cities(settings)));
        } else {
            // It asked the grid that it joins, and logged, before it knew the number of its city.
            LogFile.add(CITY_FIELD, cities(settings));
        }
        StopSignal stop = supervised ? StopSignal.installSupervised(LEAVE_WITHIN) : StopSignal.install(LEAVE_WITHIN);
        Console console = new Console(Objects.requireNonNull(spec).commandLine().getOut());
        IgniteProcess.prepare(settings.directory());
        Path pidFile = settings.directory().resolve(PID_FILE);
        RunningParts.run(stop, console, parts -> {
            GridNode node = NodeStart.start(settings);
            parts.add("node " + settings.name(), LEAVE_WITHIN.minusSeconds(5), () -> {
                node.close();
                Files.deleteIfExists(pidFile);
            });
            node.leaving()
                    .ofProcess(
                            () -> stop.request(0),
                            Supervision.isPromised() ? () -> stop.request(StopSignal.START_AGAIN) : null);
            writePid(pidFile);
            awaitServing(node, stop, console);
            console.say("SERVING " + settings.name() + " at " + settings.thinAddress());
        });
        return stop.exitCode();
    }

    private static String cities(NodeSettings settings) {
        return settings.cityIds().stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static void writePid(Path file) {
        try {
            Files.writeString(file, ProcessHandle.current().pid() + "\n");
        } catch (IOException notWritable) {
            throw new CannotStart(file + " cannot be written: " + notWritable.getMessage(), notWritable);
        }
    }

    private NodeSettings settings() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        if (settingsFile != null) {
            requireNothingBesideFile(command);
            return NodeFile.read(settingsFile);
        }
        try {
            return Objects.requireNonNull(options).settings();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static void requireNothingBesideFile(CommandLine command) {
        command.getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(option -> !option.equals(SETTINGS))
                .findFirst()
                .ifPresent(option -> {
                    throw new ParameterException(command, SETTINGS + " has all settings: write it without " + option);
                });
    }

    private static void requireTrusted(GridNode node) {
        try {
            node.requireTrustedPeers();
        } catch (Peers.Untrusted alone) {
            throw new CannotStart("node " + node.name() + " stops: " + alone.getMessage(), alone);
        }
    }

    /** The other founders may come much later, so this waits for as long as the node is wanted. */
    private static void awaitServing(GridNode node, StopSignal stop, Console console) {
        while (true) {
            try {
                node.awaitServing(SAY_EVERY);
                return;
            } catch (IllegalStateException notYet) {
                if (stop.isRequested()) {
                    throw notYet;
                }
                console.say("still waiting: " + notYet.getMessage());
                requireTrusted(node);
            }
        }
    }
}
