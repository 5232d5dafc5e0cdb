package io.citygrid.bench.contender;

import io.citygrid.bench.cost.Meter;
import io.citygrid.bench.cost.ServerCounters;
import io.citygrid.bench.drive.Register;
import io.citygrid.demo.NodesInProcesses;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.launch.CannotStart;
import io.citygrid.launch.FileTree;
import io.citygrid.load.progress.Progress;
import io.citygrid.load.reconcile.CityComparison;
import io.citygrid.load.reconcile.Reconcile;
import io.citygrid.load.reconcile.Warm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** This system: grid nodes in processes of their own, which write to PostgreSQL, and registers that are thin clients. */
public final class GridContender implements Contender {
    private static final String CENTRAL = "bench_grid_central";

    /** A grid that has just started is slow at first, and filling it is not in a hurry. */
    private static final Duration FILL_ANSWER_WITHIN = Duration.ofSeconds(60);

    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(10);
    private static final Duration RESTED_WITHIN = Duration.ofMinutes(2);

    private final BenchServer server;
    private final Arrangement arrangement;
    private final Path folder;
    private final NodesInProcesses nodes;
    private final Map<Integer, String> cities;
    private final ServerCounters counters;
    private final GridClient registers;
    private final Consumer<String> tell;

    /** Orders that were there before the first sale. */
    private long storedOrders;

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
        this.cities = cities(arrangement);
        this.counters = server.counters();
        this.registers = registers;
        this.tell = tell;
    }

    /**
     * Starts the nodes on empty folders and empty databases, and fills them.
     *
     * @param folder is emptied first
     * @param tell is told of nodes that die, and of what does not come to rest
     * @param note takes what was measured while they were filled: of what, and in words
     */
    public static GridContender start(
            BenchServer server,
            Arrangement arrangement,
            Path folder,
            Consumer<String> tell,
            BiConsumer<String, String> note) {
        Path temporary = folder.resolve("tmp");
        try {
            FileTree.delete(folder);
            Files.createDirectories(temporary);
        } catch (IOException notUsable) {
            throw new CannotStart("folder " + folder + " cannot be used: " + notUsable.getMessage(), notUsable);
        }
        server.create(CENTRAL);
        cities(arrangement).values().forEach(server::create);
        GridContender empty = started(server, arrangement, folder, tell);
        try {
            try (GridClient filling = new GridClient(arrangement.clients(folder), FILL_ANSWER_WITHIN)) {
                new GridFill(filling, arrangement.assortment()).run();
            }
            return arrangement.storedOrders() == 0 ? empty : empty.withStoredOrders(note);
        } catch (RuntimeException failed) {
            // Stopping waits, which an interrupted thread does not.
            boolean interrupted = Thread.interrupted();
            empty.stop();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw failed;
        }
    }

    private static GridContender started(
            BenchServer server, Arrangement arrangement, Path folder, Consumer<String> tell) {
        NodesInProcesses nodes = new NodesInProcesses(
                arrangement.nodes(folder, server.settings(CENTRAL, cities(arrangement))),
                arrangement.memory(),
                folder.resolve("tmp"),
                tell);
        try {
            nodes.start();
            return new GridContender(
                    server, arrangement, folder, nodes, new GridClient(arrangement.clients(folder)), tell);
        } catch (RuntimeException failed) {
            boolean interrupted = Thread.interrupted();
            nodes.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw failed;
        }
    }

    /** The names of the cities' databases. */
    private static Map<Integer, String> cities(Arrangement arrangement) {
        Map<Integer, String> databases = new TreeMap<>();
        arrangement
                .assortment()
                .cityNames()
                .forEach((id, name) -> databases.put(id, "bench_grid_" + name.toLowerCase(Locale.ROOT)));
        return databases;
    }

    /** The nodes forget everything, PostgreSQL gets the orders, and the nodes bring everything in from there. */
    private GridContender withStoredOrders(BiConsumer<String, String> note) {
        settle(SETTLED_WITHIN).ifPresent(unsettled -> {
            throw new CannotStart(unsettled);
        });
        long bytesBefore = dataBytes();
        long databaseBefore = databaseBytes();
        stop();
        StoredOrders orders = new StoredOrders(server, arrangement.assortment(), arrangement.storedOrders());
        orders.fill(CENTRAL, cities);
        deleteData();
        tidy();
        tell.accept("PostgreSQL has " + orders.count() + " orders, which the nodes bring in now");
        long begun = System.nanoTime();
        GridContender filled = started(server, arrangement, folder, tell);
        try {
            filled.storedOrders = orders.count();
            if (!Warm.run(filled.registers, Progress.silent()).complete()) {
                throw new CannotStart("the nodes could not bring in what PostgreSQL has");
            }
            long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
            filled.settle(SETTLED_WITHIN).ifPresent(unsettled -> {
                throw new CannotStart(unsettled);
            });
            String words = String.format(
                    Locale.ROOT,
                    "%,d orders of three lines: in %d s the nodes had started and brought everything in from"
                            + " PostgreSQL; they take %,d MB of the nodes' memory for data (all %d copies), %,d MB of"
                            + " their disks beside the write-ahead logs, and %,d MB in PostgreSQL",
                    orders.count(),
                    seconds,
                    filled.dataBytes() - bytesBefore >> 20,
                    1 + arrangement.goal().backups(),
                    filled.fileBytes() >> 20,
                    filled.databaseBytes() - databaseBefore >> 20);
            tell.accept(words);
            note.accept("stored orders of " + name(), words);
            return filled;
        } catch (RuntimeException failed) {
            filled.stop();
            throw failed;
        }
    }

    private long dataBytes() {
        return meter().dataBytes();
    }

    /** Of the nodes' files, without the write-ahead logs. */
    private long fileBytes() {
        long bytes = 0;
        for (NodeSettings node : arrangement.nodes(folder, server.settings(CENTRAL, cities))) {
            try (Stream<Path> files = Files.walk(node.directory().resolve("db"))) {
                bytes += files.filter(file -> file.toString().endsWith(".bin"))
                        .mapToLong(file -> file.toFile().length())
                        .sum();
            } catch (IOException | UncheckedIOException changing) {
                throw new CannotStart("the files of " + node.name() + " cannot be looked at", changing);
            }
        }
        return bytes;
    }

    private long databaseBytes() {
        return cities.values().stream()
                .mapToLong(database -> server.number(database, "SELECT pg_database_size(current_database())"))
                .sum();
    }

    /** A client of its own that waits longer than a register would; to be closed. */
    public GridClient patientClient() {
        return new GridClient(arrangement.clients(folder), FILL_ANSWER_WITHIN);
    }

    /** The name of its central database, in which the warehouse is. */
    public String central() {
        return CENTRAL;
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
                + " copies in the nodes' memory and write-ahead logs, which the system brings to disk (LOG_ONLY), and"
                + " one in PostgreSQL, which a commit brings to disk"
                + (arrangement.mode() == WriteThroughMode.QUEUED ? ", some time after the sale" : "")
                + "; doors: " + arrangement.protection().setting();
    }

    @Override
    public Register register() {
        return new GridRegister(registers);
    }

    @Override
    public void tidy() {
        cities.values().forEach(server::tidy);
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
        List<String> wrong =
                new ArrayList<>(new GridBooks(server, CENTRAL, cities, storedOrders).check(confirmed, unknown));
        for (CityComparison compared : Reconcile.run(registers, null, Progress.silent())) {
            if (compared.differed() > 0 || !compared.equal()) {
                wrong.add("grid and PostgreSQL differed in " + compared.differed() + " rows: " + compared.table());
            }
        }
        new CopiesCheck(
                        folder,
                        arrangement.thinAddresses().get(0),
                        arrangement.keys(folder).clientFile())
                .difference()
                .ifPresent(wrong::add);
        return wrong;
    }

    @Override
    public void rest() {
        settle(RESTED_WITHIN).ifPresent(tell);
    }

    private Optional<String> settle(Duration within) {
        return new GridRest(registers, arrangement.nodes()).await(within);
    }

    @Override
    public void close() {
        stop();
        cities.values().forEach(server::drop);
        server.drop(CENTRAL);
        deleteData();
    }

    private void stop() {
        registers.close();
        nodes.close();
        counters.close();
    }

    /** Their logs stay. */
    private void deleteData() {
        try {
            for (NodeSettings node : arrangement.nodes(folder, server.settings(CENTRAL, cities))) {
                FileTree.delete(node.directory().resolve("db"));
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
