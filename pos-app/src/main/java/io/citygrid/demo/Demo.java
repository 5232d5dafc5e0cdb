package io.citygrid.demo;

import io.citygrid.grid.node.NodeSettings;
import io.citygrid.launch.Console;
import io.citygrid.launch.RunningParts;
import io.citygrid.launch.StopSignal;
import io.citygrid.placement.SurvivalGoal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The whole chain on this machine, from the first part's start to the last one's stop. */
final class Demo {
    private static final Duration STOP_POSTGRES_WITHIN = Duration.ofSeconds(45);
    private static final Duration STOP_NODES_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOP_WEB_WITHIN = Duration.ofSeconds(15);

    /** More than the parts may take together. */
    static final Duration STOP_WITHIN = Duration.ofSeconds(130);

    private final DemoSettings settings;
    private final DemoFolder folder;
    private final SurvivalGoal goal;
    private final Console console;

    Demo(DemoSettings settings, DemoFolder folder, SurvivalGoal goal, Console console) {
        this.settings = settings;
        this.folder = folder;
        this.goal = goal;
        this.console = console;
    }

    /** Starts everything, waits for {@code stop}, and stops everything, also when a part did not start. */
    void run(StopSignal stop, EmbeddedPostgres postgres) throws IOException {
        try (RunningParts parts = new RunningParts(console::say)) {
            try {
                start(parts, postgres);
                stop.await();
                console.show("");
                console.say("stopping (Ctrl-C again ends everything at once)");
            } catch (RuntimeException failed) {
                if (!stop.isRequested()) {
                    throw failed;
                }
            }
            stop.clearInterruption();
        } finally {
            ConnectionsFile.delete(folder.path());
        }
        console.say("stopped; the data stays in " + folder.path());
    }

    private void start(RunningParts parts, EmbeddedPostgres postgres) {
        PostgresWatcher watcher = new PostgresWatcher(postgres, PostgresWatcher.BACK_AFTER, console::say);
        parts.add("PostgreSQL", STOP_POSTGRES_WITHIN, () -> {
            watcher.close();
            postgres.close();
        });
        postgres.start();
        console.say("PostgreSQL answers on " + EmbeddedPostgres.HOST + ":" + postgres.port());
        watcher.start();

        List<NodeSettings> nodeSettings = settings.nodes(folder.path(), goal, postgres.databases());
        DemoNodes nodes = settings.processes()
                ? new NodesInProcesses(nodeSettings, folder.temporary(), console::say)
                : new NodesInOneProcess(nodeSettings);
        parts.add("the grid", STOP_NODES_WITHIN, nodes);
        nodes.start();
        console.say("grid of " + String.join(", ", settings.nodeNames()) + " serves; it outlives "
                + switch (goal) {
                    case NODE -> "a node";
                    case CITY -> "a city";
                    case BOTH -> "a node and a whole city";
                });

        ConnectionsFile.write(folder.path(), settings, postgres);
    }
}
