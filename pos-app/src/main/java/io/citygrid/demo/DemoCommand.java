package io.citygrid.demo;

import io.citygrid.durability.WriteThroughMode;
import io.citygrid.launch.BackupOptions;
import io.citygrid.launch.Console;
import io.citygrid.launch.IgniteProcess;
import io.citygrid.launch.LogFile;
import io.citygrid.launch.StopSignal;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.SurvivalGoal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: the whole chain on this machine, until Ctrl-C. */
@Command(
        name = "demo",
        description = "Runs the whole chain on this machine: PostgreSQL, four grid nodes, the web app, real sales. "
                + "Says READY when registers can sell; Ctrl-C stops it, and the data stays for the next start.",
        sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", description = "Web app (default: 8080).")
    private int httpPort = 8080;

    @Option(
            names = "--thin-port",
            paramLabel = "PORT",
            description = "Thin clients of karachi-1; the other nodes' follow (default: 10800). "
                    + "Discovery lies 1000 above, communication 2000, metrics 3000.")
    private int thinPort = 10800;

    @Option(names = "--pg-port", paramLabel = "PORT", description = "PostgreSQL (default: 5433).")
    private int pgPort = 5433;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept (default: ./data).")
    private Path data = Path.of("data");

    @Option(
            names = "--fresh",
            description = "First delete what an earlier demo kept in DIR, its nodes' snapshots too, so that its backups"
                    + " cannot be restored any more.")
    private boolean fresh;

    @Option(
            names = "--survive",
            paramLabel = "GOAL",
            description = "What may be lost without a sale being lost: a node, a city, or both (default: both). "
                    + "Fixed when DIR is made.")
    private @Nullable String survive;

    @Option(
            names = "--city-loss",
            paramLabel = "CHOICE",
            description = "When a city falls silent: hand-over (others sell for it at once; default) or keep-selling "
                    + "(each city sells for itself alone).")
    private String cityLoss = CityLoss.HAND_OVER.setting();

    @Option(
            names = "--write-through",
            paramLabel = "MODE",
            description = "When rows reach PostgreSQL: in-transaction (default), after-commit or queued.")
    private String writeThrough = WriteThroughMode.IN_TRANSACTION.setting();

    @Option(
            names = "--wan-latency",
            paramLabel = "MS",
            description = "Milliseconds that each message between nodes of different cities takes longer (default: 0).")
    private long wanLatencyMillis;

    @Option(names = "--processes", description = "Each grid node in a process of its own, for real kills.")
    private boolean processes;

    @Option(
            names = "--tls",
            description = "TLS on every port but PostgreSQL's, with keys that are made at the first such start.")
    private boolean tls;

    @Mixin
    private BackupOptions backups = new BackupOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        DemoSettings settings;
        @Nullable SurvivalGoal wanted;
        try {
            settings = new DemoSettings(
                    httpPort,
                    thinPort,
                    pgPort,
                    processes,
                    CityLoss.of(cityLoss),
                    WriteThroughMode.of(writeThrough),
                    Duration.ofMillis(wanLatencyMillis),
                    backups.settings(DemoSettings.BACKUPS));
            wanted = survive == null ? null : SurvivalGoal.of(survive);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
        Console console = new Console(command.commandLine().getOut());
        try (DemoFolder folder = DemoFolder.open(data)) {
            LogFile.use(folder.path().resolve("logs").resolve("citygrid.log"), Map.of("role", "demo"));
            StopSignal stop = StopSignal.install(Demo.STOP_WITHIN);
            run(settings, folder, wanted, stop, console);
        }
        return 0;
    }

    private void run(
            DemoSettings settings, DemoFolder folder, @Nullable SurvivalGoal wanted, StopSignal stop, Console console)
            throws IOException {
        EmbeddedPostgres postgres = new EmbeddedPostgres(folder.path(), settings.pgPort());
        SurvivalGoal goal = fresh ? Objects.requireNonNullElse(wanted, SurvivalGoal.BOTH) : folder.goal(wanted);
        // A demo that was killed may have left its PostgreSQL running, on the very port that this one wants, and its
        // nodes
        // take a moment to leave.
        postgres.close();
        LeftOverNodes.awaitGone(folder.path().resolve("nodes"));
        settings.requireFreePorts();
        if (fresh) {
            folder.deleteData();
            goal = folder.goal(goal);
            console.say("deleted what was in " + folder.path());
        }
        folder.prepare();
        IgniteProcess.prepare(folder.path());
        DemoKeys keys = tls ? DemoKeys.in(folder.path(), settings.nodeNames(), console::say) : DemoKeys.none();
        new Demo(settings, folder, goal, keys, console).run(stop, postgres);
    }
}
