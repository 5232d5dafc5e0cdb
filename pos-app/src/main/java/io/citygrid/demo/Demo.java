package io.citygrid.demo;

import io.citygrid.grid.backup.BackupList;
import io.citygrid.grid.backup.BackupsTask;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.GridClientSettings;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.launch.CannotStart;
import io.citygrid.launch.Console;
import io.citygrid.launch.RunningParts;
import io.citygrid.launch.StopSignal;
import io.citygrid.launch.WebAccess;
import io.citygrid.launch.WebServer;
import io.citygrid.load.DemoData;
import io.citygrid.load.reconcile.Warm;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole chain on this machine, from the first part's start to the last one's stop. */
final class Demo {
    private static final Logger log = LoggerFactory.getLogger(Demo.class);

    /** A grid that has just started is slow at first; a sale of the sample is not in a hurry. */
    private static final Duration SAMPLE_ANSWER_WITHIN = Duration.ofSeconds(30);

    /** In the demo's folder: the audit log. */
    static final String AUDIT = "audit";

    private static final Duration STOP_POSTGRES_WITHIN = Duration.ofSeconds(45);
    private static final Duration STOP_NODES_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOP_WEB_WITHIN = Duration.ofSeconds(15);

    /** More than the parts may take together. */
    static final Duration STOP_WITHIN = Duration.ofSeconds(130);

    private final DemoSettings settings;
    private final DemoFolder folder;
    private final SurvivalGoal goal;
    private final Console console;
    private @Nullable DemoUsers users;

    Demo(DemoSettings settings, DemoFolder folder, SurvivalGoal goal, Console console) {
        this.settings = settings;
        this.folder = folder;
        this.goal = goal;
        this.console = console;
    }

    /** Starts everything, waits for {@code stop}, and stops everything, also when a part did not start. */
    void run(StopSignal stop, EmbeddedPostgres postgres) throws IOException {
        // The nodes end with this process or when they lose it; PostgreSQL would stay.
        stop.beforeEndingAtOnce(() -> postgres.process().ifPresent(ProcessHandle::destroyForcibly));
        try {
            RunningParts.run(stop, console, parts -> start(parts, postgres));
        } finally {
            ConnectionsFile.delete(folder.path());
        }
        console.say("stopped; the data stays in " + folder.path());
    }

    private void start(RunningParts parts, EmbeddedPostgres postgres) {
        startPostgres(parts, postgres);
        users = DemoUsers.in(folder.path());
        console.say("who may log in, with which password, is in " + users.file());
        startGrid(parts, postgres);
        String closed = whyClosed();
        if (closed.isEmpty()) {
            warmIfCold(postgres);
            loadSample();
        } else {
            console.say("no store sells: " + closed);
        }
        parts.add(
                "web app",
                STOP_WEB_WITHIN,
                WebServer.start(
                        DemoSettings.HOST,
                        settings.httpPort(),
                        new GridClientSettings(settings.thinAddresses(), users().login(Role.POS_APP)),
                        WebServer.ANY_CITY,
                        new WebAccess(
                                folder.path().resolve(DemoUsers.USERS),
                                folder.path().resolve(AUDIT),
                                "app"),
                        folder.temporary()));
        ConnectionsFile.write(folder.path(), settings, postgres);
        console.say("READY at http://" + DemoSettings.HOST + ":" + settings.httpPort());
        console.show(Welcome.text(settings, folder.path()));
    }

    private DemoUsers users() {
        return Objects.requireNonNull(users);
    }

    private GridClient connect() {
        return new GridClient(
                new GridClientSettings(settings.thinAddresses(), users().login(Role.CENTRAL_ADMIN)),
                SAMPLE_ANSWER_WITHIN);
    }

    /** A restore of a backup that stopped in the middle is for an operator to carry through; empty if there is none. */
    private String whyClosed() {
        try (GridClient grid = connect()) {
            BackupList backups = grid.operate(Tasks.BACKUPS, BackupsTask.ALL);
            return backups.closed();
        } catch (OutcomeUnknown unanswered) {
            throw new CannotStart("the grid does not answer: " + unanswered.getMessage() + "; start again", unanswered);
        }
    }

    /** Somebody deleted the nodes' folders: what they had is in PostgreSQL, and comes back before anything is loaded. */
    private void warmIfCold(EmbeddedPostgres postgres) {
        try (GridClient grid = connect()) {
            if (!Warm.isCold(grid) || !postgres.hasStores()) {
                return;
            }
            console.say("the grid is empty and PostgreSQL is not: filling the grid from it");
            Warm.Summary warmed = Warm.run(grid, new ShownProgress(console));
            if (!warmed.complete()) {
                throw new CannotStart("the grid could not be filled from PostgreSQL: "
                        + warmed.cities().stream()
                                .flatMap(city -> city.problems().stream())
                                .distinct()
                                .collect(Collectors.joining("; ")));
            }
            console.say("the grid is filled again and equal to PostgreSQL");
        } catch (OutcomeUnknown unanswered) {
            throw new CannotStart(
                    "the grid could not be filled from PostgreSQL: " + unanswered.getMessage() + "; start again",
                    unanswered);
        }
    }

    private void loadSample() {
        try (GridClient grid = connect()) {
            DemoData.Summary summary = DemoData.load(grid, new ShownProgress(console));
            console.say(
                    "the sample's " + (summary.sales().sold() + summary.sales().soldBefore())
                            + " sales are in the books, " + summary.sales().sold() + " of them sold now");
            if (!summary.complete()) {
                log.warn("some of the sample could not be loaded: {} {}", summary.catalog(), summary.sales());
            }
        } catch (IOException | OutcomeUnknown notLoaded) {
            throw new CannotStart(
                    "the sample could not be loaded: " + notLoaded.getMessage() + "; start again", notLoaded);
        }
    }

    private void startPostgres(RunningParts parts, EmbeddedPostgres postgres) {
        PostgresWatcher watcher = new PostgresWatcher(postgres, PostgresWatcher.BACK_AFTER, console::say);
        parts.add("PostgreSQL", STOP_POSTGRES_WITHIN, () -> {
            watcher.close();
            postgres.close();
        });
        postgres.start();
        watcher.start();
        console.say("PostgreSQL answers on " + EmbeddedPostgres.HOST + ":" + postgres.port());
    }

    private void startGrid(RunningParts parts, EmbeddedPostgres postgres) {
        List<NodeSettings> nodeSettings = settings.nodes(folder.path(), goal, postgres.databases()).stream()
                .map(node -> node.withSecurity(users().security()))
                .toList();
        DemoNodes nodes = settings.processes()
                ? new NodesInProcesses(nodeSettings, folder.temporary(), console::say)
                : new NodesInOneProcess(nodeSettings, console::say);
        parts.add("the grid", STOP_NODES_WITHIN, nodes);
        nodes.start();
        console.say("grid of " + String.join(", ", settings.nodeNames()) + " serves; it outlives "
                + switch (goal) {
                    case NODE -> "a node";
                    case CITY -> "a city";
                    case BOTH -> "a node and a whole city";
                });
    }
}
