package io.citygrid.bench.contender;

import io.citygrid.bench.cost.Meter;
import io.citygrid.bench.cost.ServerCounters;
import io.citygrid.bench.drive.Register;
import io.citygrid.demo.NodesInProcesses;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.GridClientSettings;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.grid.topology.Topology;
import io.citygrid.launch.CannotStart;
import io.citygrid.launch.FileTree;
import io.citygrid.load.progress.Progress;
import io.citygrid.load.reconcile.CityComparison;
import io.citygrid.load.reconcile.Reconcile;
import io.citygrid.model.status.NodeReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** This system: grid nodes in processes of their own, which write to PostgreSQL, and registers that are thin clients. */
public final class GridContender implements Contender {
    private static final String CENTRAL = "bench_grid_central";
    private static final Map<Integer, String> CITIES =
            new TreeMap<>(Map.of(1, "bench_grid_karachi", 2, "bench_grid_lahore"));

    /** A grid that has just started is slow at first, and filling it is not in a hurry. */
    private static final Duration FILL_ANSWER_WITHIN = Duration.ofSeconds(60);

    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(10);
    private static final Duration RESTED_WITHIN = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_MILLIS = 100;

    private final BenchServer server;
    private final Arrangement arrangement;
    private final Path folder;
    private final NodesInProcesses nodes;
    private final ServerCounters counters;
    private final GridClient registers;
    private final Consumer<String> tell;

    private GridContender(
            BenchServer server,
            Arrangement arrangement,
            Path folder,
            NodesInProcesses nodes,
            GridClient registers,
            Consumer<String> tell) {
        this.server = server;
        this.arrangement = arrangement;
        this.folder = folder;
        this.nodes = nodes;
        this.counters = server.counters();
        this.registers = registers;
        this.tell = tell;
    }

    /**
     * Starts the nodes on empty folders and empty databases, and fills them.
     *
     * @param folder is emptied first
     * @param tell is told of nodes that die, and of what does not come to rest
     */
    public static GridContender start(BenchServer server, Arrangement arrangement, Path folder, Consumer<String> tell) {
        Path temporary = folder.resolve("tmp");
        try {
            FileTree.delete(folder);
            Files.createDirectories(temporary);
        } catch (IOException notUsable) {
            throw new CannotStart("folder " + folder + " cannot be used: " + notUsable.getMessage(), notUsable);
        }
        server.create(CENTRAL);
        CITIES.values().forEach(server::create);
        List<NodeSettings> settings = arrangement.nodes(folder, server.settings(CENTRAL, CITIES));
        NodesInProcesses nodes = new NodesInProcesses(settings, arrangement.memory(), temporary, tell);
        try {
            nodes.start();
            try (GridClient filling = new GridClient(
                    new GridClientSettings(arrangement.thinAddresses(), null, null), FILL_ANSWER_WITHIN)) {
                new GridFill(filling).run();
            }
            return new GridContender(
                    server,
                    arrangement,
                    folder,
                    nodes,
                    new GridClient(new GridClientSettings(arrangement.thinAddresses(), null, null)),
                    tell);
        } catch (RuntimeException failed) {
            // Stopping waits, which an interrupted thread does not.
            boolean interrupted = Thread.interrupted();
            nodes.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw failed;
        }
    }

    @Override
    public String name() {
        return "grid (" + arrangement.words() + ")";
    }

    @Override
    public String words() {
        return arrangement.nodes() + (arrangement.nodes() == 1 ? " grid node" : " grid nodes") + " of "
                + arrangement.heapMegabytes() + " MB heap and " + arrangement.regionMegabytes()
                + " MB for data each, survives: "
                + arrangement.goal().setting() + ", write-through: "
                + arrangement.mode().setting() + "; "
                + (1 + arrangement.goal().backups())
                + " copies in the nodes' memory and write-ahead logs, which the system brings to disk (LOG_ONLY), and one in "
                + "PostgreSQL, which a commit brings to disk"
                + (arrangement.mode() == WriteThroughMode.QUEUED ? ", some time after the sale" : "");
    }

    @Override
    public Register register() {
        return new GridRegister(registers);
    }

    @Override
    public void tidy() {
        CITIES.values().forEach(server::tidy);
        server.tidy(CENTRAL);
    }

    @Override
    public Meter meter() {
        return new Meter(counters, registers, arrangement.nodes());
    }

    @Override
    public List<String> check(long confirmed, long unknown) {
        Optional<String> unsettled = settle(SETTLED_WITHIN);
        if (unsettled.isPresent()) {
            return List.of(unsettled.get());
        }
        List<String> wrong = new ArrayList<>(new GridBooks(server, CENTRAL, CITIES).check(confirmed, unknown));
        for (CityComparison compared : Reconcile.run(registers, null, Progress.silent())) {
            if (compared.differed() > 0 || !compared.equal()) {
                wrong.add("grid and PostgreSQL differed in " + compared.differed() + " rows: " + compared.table());
            }
        }
        new CopiesCheck(folder, arrangement.thinAddresses().get(0)).difference().ifPresent(wrong::add);
        return wrong;
    }

    @Override
    public void rest() {
        settle(RESTED_WITHIN).ifPresent(tell);
    }

    /** Until PostgreSQL has everything; what still waits in the end, in a sentence. */
    private Optional<String> settle(Duration within) {
        // A feed's report is of its last round; this has one made now.
        registers.retryReplication();
        Instant asked = Instant.now();
        long deadline = System.nanoTime() + within.toNanos();
        String waiting = "the nodes have not reported";
        while (System.nanoTime() - deadline < 0) {
            Optional<String> now = waiting(asked);
            if (now.isEmpty()) {
                return now;
            }
            waiting = now.get();
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while " + waiting, stopping);
            }
        }
        return Optional.of("after " + within.toSeconds() + " s " + waiting);
    }

    /** What waits, by reports that the nodes made after {@code asked}. */
    private Optional<String> waiting(Instant asked) {
        Set<String> reported = new HashSet<>();
        long queued = 0;
        long orders = 0;
        for (NodeReport report : registers.topology().map(Topology::reports).orElse(List.of())) {
            if (report.reportedAt().isAfter(asked)) {
                reported.add(report.node());
                orders += report.ordersWaiting();
                queued += report.cities().stream()
                        .mapToLong(NodeReport.City::entries)
                        .sum();
            }
        }
        if (reported.size() < arrangement.nodes()) {
            return Optional.of("only " + reported + " have reported");
        }
        if (queued > 0) {
            return Optional.of(queued + " outbox entries wait");
        }
        return orders > 0 ? Optional.of(orders + " orders wait for the central database") : Optional.empty();
    }

    @Override
    public void close() {
        registers.close();
        nodes.close();
        counters.close();
        CITIES.values().forEach(server::drop);
        server.drop(CENTRAL);
        try {
            // Their logs stay.
            for (NodeSettings node : arrangement.nodes(folder, server.settings(CENTRAL, CITIES))) {
                FileTree.delete(node.directory().resolve("db"));
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
