package io.citygrid.bench;

import io.citygrid.bench.contender.Arrangement;
import io.citygrid.bench.contender.BenchServer;
import io.citygrid.bench.contender.Protection;
import io.citygrid.bench.drive.Assortment;
import io.citygrid.bench.drive.Workload;
import io.citygrid.bench.report.ReportFiles;
import io.citygrid.bench.report.Results;
import io.citygrid.bench.report.TextReport;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.launch.Console;
import io.citygrid.launch.IgniteProcess;
import io.citygrid.launch.LogFile;
import io.citygrid.launch.Ports;
import io.citygrid.launch.StopSignal;
import io.citygrid.placement.SurvivalGoal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code load bench}. */
@Command(
        name = "bench",
        description =
                "Measures this system beside one good PostgreSQL and beside the design that it replaces, in one run: "
                        + "starts a PostgreSQL and grid nodes of its own, sells as fast as it goes and at fixed rates, and writes "
                        + "what it found as JSON and as a web page. Keep the machine free of other work.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured, and all books add up", "1:it failed, or books do not add up", "2:wrong usage"})
public final class BenchCommand implements Callable<Integer> {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(120);

    private static final int HEAP_MEGABYTES_MIN = 128;
    private static final String HOST = "127.0.0.1";

    @Option(
            names = "--survive",
            split = ",",
            paramLabel = "GOAL",
            description = "Survival goals of the grid: node, city, both (default: node, which is two copies).")
    private List<String> goals = List.of(SurvivalGoal.NODE.setting());

    @Option(
            names = "--write-through",
            split = ",",
            paramLabel = "MODE",
            description =
                    "in-transaction, after-commit, queued (default: in-transaction). Each goal is measured with each.")
    private List<String> modes = List.of(WriteThroughMode.IN_TRANSACTION.setting());

    @Option(
            names = "--workloads",
            split = ",",
            paramLabel = "NAME",
            description = "uniform, hot-product, hot-store, zipf, reads-95, look-ups (default: all).")
    private List<String> workloads = List.of("uniform", "hot-product", "hot-store", "zipf", "reads-95", "look-ups");

    @Option(
            names = "--clients",
            split = ",",
            paramLabel = "N",
            description = "Registers that ask again as soon as they are answered (default: 1,8,16,32).")
    private List<Integer> clients = List.of(1, 8, 16, 32);

    @Option(
            names = "--percents",
            split = ",",
            paramLabel = "N",
            description =
                    "Then customers come at these percentages of the rate that each system reached (default: 25,50,75; "
                            + "0 for none).")
    private List<Integer> percents = List.of(25, 50, 75);

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "N",
            description = "And at these rates a second, the same for all (default: none).")
    private List<Integer> rates = List.of();

    @Option(
            names = "--lines",
            split = ",",
            paramLabel = "N",
            description = "Lines of every basket (default: 0, as the workload has it).")
    private List<Integer> lines = List.of(0);

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of every system (default: 3).")
    private int rounds = 3;

    @Option(names = "--seconds", paramLabel = "N", description = "How long one measurement lasts (default: 8).")
    private int seconds = 8;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long a system may sell before, until its throughput is steady (default: 600).")
    private int warmUp = 600;

    @Option(
            names = "--against",
            split = ",",
            paramLabel = "SYSTEM",
            description = "one (good PostgreSQL), replaced (design), or none (default: one,replaced).")
    private List<String> against = List.of("one", "replaced");

    @Option(
            names = "--wan-latency",
            split = ",",
            paramLabel = "MS",
            description = "Milliseconds that messages between cities take longer; the grid is measured with each "
                    + "(default: 0).")
    private List<Integer> wanLatencies = List.of(0);

    @Option(
            names = "--nodes",
            split = ",",
            paramLabel = "N",
            description = "Grid nodes, 1 to 8 (default: 4); the grid is measured with each number.")
    private List<Integer> nodes = List.of(4);

    @Option(
            names = "--security",
            split = ",",
            paramLabel = "KIND",
            description = "How the grid's doors are kept: none, users, tls (default: users); each is measured.")
    private List<String> protections = List.of(Protection.USERS.setting());

    @Option(names = "--cities", paramLabel = "N", description = "Cities of five stores each, 1 to 8 (default: 2).")
    private int cities = 2;

    @Option(
            names = "--stored-orders",
            split = ",",
            paramLabel = "N",
            description = "Orders of three lines that PostgreSQL and the grid have before the first sale "
                    + "(default: 0); the grid is measured with each number.")
    private List<Integer> storedOrders = List.of(0);

    @Option(names = "--heap", paramLabel = "MB", description = "Heap of a node (default: 512).")
    private int heapMegabytes = 512;

    @Option(names = "--memory", paramLabel = "MB", description = "Memory of a node for data (default: 1024).")
    private int regionMegabytes = 1024;

    @Option(
            names = "--node-java",
            paramLabel = "OPTION",
            description = "Further option of the nodes' JVM, such as -XX:StartFlightRecording=…; may be repeated.")
    private List<String> nodeJava = new ArrayList<>();

    @Option(
            names = "--postgres",
            paramLabel = "HOST:PORT",
            description =
                    "A server to use instead of its own, on which databases bench_… are made and dropped; the login "
                            + "comes from the environment's " + ServerInUse.USER + " and " + ServerInUse.PASSWORD + ".")
    private @Nullable String postgres;

    @Option(names = "--thin-port", paramLabel = "PORT", description = "Of the first node (default: 20800).")
    private int thinPort = 20800;

    @Option(names = "--pg-port", paramLabel = "PORT", description = "Of its own PostgreSQL (default: 20433).")
    private int pgPort = 20433;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where it works and leaves its results (default: ./bench).")
    private Path data = Path.of("bench");

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random (default: 42).")
    private int seed = 42;

    @Option(
            names = "--quick",
            description = "A look of three minutes whether all of it works: the figures mean nothing.")
    private boolean quick;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        BenchOptions options;
        List<Arrangement> arrangements;
        try {
            options = options();
            arrangements = arrangements(options);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Console console = new Console(out);
        try (BenchFolder folder = BenchFolder.open(data)) {
            LogFile.use(folder.path().resolve("bench.log"));
            StopSignal stop = StopSignal.install(STOP_WITHIN);
            folder.clear();
            IgniteProcess.prepare(folder.path());
            arrangements.stream()
                    .flatMap(one -> one.ports().stream())
                    .distinct()
                    .forEach(port -> Ports.require(HOST, port, "a grid node", "--thin-port"));
            console.say("measures for about " + options.estimate().toMinutes() + " minutes; results come to "
                    + folder.path());
            return measure(options, arrangements, folder, stop, console, out);
        }
    }

    private int measure(
            BenchOptions options,
            List<Arrangement> arrangements,
            BenchFolder folder,
            StopSignal stop,
            Console console,
            PrintWriter out)
            throws IOException {
        Results results = new Results();
        try (ServerInUse server =
                postgres == null ? ServerInUse.own(folder.server(), pgPort, stop) : ServerInUse.at(postgres)) {
            BenchServer using = server.server();
            About.fill(results, options, using, quick);
            new Bench(options, using, folder.grid(), arrangements, results, stop, console).run();
        } catch (RuntimeException failed) {
            if (!stop.isRequested()) {
                throw failed;
            }
            console.say("stopped before the end; what was measured so far:");
            return ExitCode.OK;
        } finally {
            if (!results.measured().isEmpty()) {
                String name = "bench-"
                        + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now());
                ReportFiles.write(folder.path(), name, results);
                out.println();
                out.print(TextReport.of(results));
                out.println();
                out.println("results: " + folder.path().resolve(name + ".html") + " and .json");
                out.flush();
            }
        }
        return results.sound() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private BenchOptions options() {
        if (postgres != null && !postgres.matches("[^\\s:,]+:[0-9]{1,5}")) {
            throw new IllegalArgumentException("--postgres '" + postgres + "': write host:port");
        }
        against.stream()
                .filter(system -> !List.of("one", "replaced", "none").contains(system))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException("--against '" + unknown + "': write one, replaced or none");
                });
        return new BenchOptions(
                goals.stream().map(SurvivalGoal::of).distinct().toList(),
                modes.stream().map(WriteThroughMode::of).distinct().toList(),
                quick
                        ? List.of(Workload.values())
                        : workloads.stream().map(Workload::of).distinct().toList(),
                quick ? List.of(4) : clients.stream().distinct().toList(),
                quick
                        ? List.of(50)
                        : percents.stream()
                                .filter(percent -> percent != 0)
                                .distinct()
                                .toList(),
                rates.stream().distinct().toList(),
                lines.stream().distinct().toList(),
                quick ? 1 : rounds,
                Duration.ofSeconds(quick ? 2 : seconds),
                Duration.ofSeconds(quick ? 5 : warmUp),
                against.contains("one"),
                against.contains("replaced"),
                wanLatencies.stream().distinct().map(Duration::ofMillis).toList(),
                nodes.stream().distinct().toList(),
                protections.stream().map(Protection::of).distinct().toList(),
                new Assortment(cities),
                storedOrders.stream().distinct().toList(),
                seed);
    }

    private List<Arrangement> arrangements(BenchOptions options) {
        if (heapMegabytes < HEAP_MEGABYTES_MIN) {
            throw new IllegalArgumentException("--heap is at least " + HEAP_MEGABYTES_MIN);
        }
        List<Arrangement> arrangements =
                options.arrangements((goal, mode, latency, number, stored, protection) -> new Arrangement(
                        goal,
                        mode,
                        number,
                        options.assortment(),
                        stored,
                        latency,
                        protection,
                        thinPort,
                        heapMegabytes,
                        regionMegabytes,
                        nodeJava));
        arrangements.forEach(Arrangement::check);
        return arrangements;
    }
}
