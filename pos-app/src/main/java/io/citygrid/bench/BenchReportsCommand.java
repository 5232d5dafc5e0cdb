package io.citygrid.bench;

import io.citygrid.bench.contender.Arrangement;
import io.citygrid.bench.contender.Protection;
import io.citygrid.bench.drive.Assortment;
import io.citygrid.bench.question.QuestionBench;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.launch.Console;
import io.citygrid.launch.IgniteProcess;
import io.citygrid.launch.LogFile;
import io.citygrid.launch.Ports;
import io.citygrid.launch.StopSignal;
import io.citygrid.placement.SurvivalGoal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code load bench-reports}. */
@Command(
        name = "bench-reports",
        description =
                "Measures head office's questions over many order lines: on the grid (its sums, and its lines), on the warehouse, on one "
                        + "good PostgreSQL and on the design that it replaces, all filled with the same orders, in one run. Says so "
                        + "if any two answers differ. Keep the machine free of other work.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured, and all answers are equal", "1:it failed, or answers differ", "2:wrong usage"})
public final class BenchReportsCommand implements Callable<Integer> {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(120);
    private static final int LINES_OF_AN_ORDER = 3;
    private static final int LINES_MIN = 300;
    private static final int LINES_MAX = 10_000_000;
    private static final int ROUNDS_MAX = 1_000;
    private static final int CITIES = 2;
    private static final String HOST = "127.0.0.1";

    @Option(names = "--lines", paramLabel = "N", description = "Order lines, three to an order (default: 1000000).")
    private int lines = 1_000_000;

    @Option(names = "--nodes", paramLabel = "N", description = "Grid nodes, 1 to 8 (default: 4).")
    private int nodes = 4;

    @Option(names = "--survive", paramLabel = "GOAL", description = "node, city or both (default: node).")
    private String goal = SurvivalGoal.NODE.setting();

    @Option(names = "--rounds", paramLabel = "N", description = "Times that each question is measured (default: 7).")
    private int rounds = 7;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long everything is asked before (default: 240).")
    private int warmUp = 240;

    @Option(names = "--heap", paramLabel = "MB", description = "Heap of a node (default: 512).")
    private int heapMegabytes = 512;

    @Option(names = "--memory", paramLabel = "MB", description = "Memory of a node for data (default: 1536).")
    private int regionMegabytes = 1536;

    @Option(names = "--thin-port", paramLabel = "PORT", description = "Of the first node (default: 20800).")
    private int thinPort = 20800;

    @Option(names = "--pg-port", paramLabel = "PORT", description = "Of its PostgreSQL (default: 20433).")
    private int pgPort = 20433;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where it works and leaves its results (default: ./bench).")
    private Path data = Path.of("bench");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Arrangement arrangement = arrangement();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Console console = new Console(out);
        try (BenchFolder folder = BenchFolder.open(data)) {
            LogFile.use(folder.path().resolve("bench.log"));
            StopSignal stop = StopSignal.install(STOP_WITHIN);
            folder.clear();
            IgniteProcess.prepare(folder.path());
            arrangement.ports().forEach(port -> Ports.require(HOST, port, "a grid node", "--thin-port"));
            try (ServerInUse server = ServerInUse.own(folder.server(), pgPort, stop)) {
                Map<String, String> about = new LinkedHashMap<>();
                about.put("machine", About.machine());
                about.put("PostgreSQL", About.postgres(server.server()));
                about.put(
                        "method",
                        String.format(
                                Locale.ROOT,
                                "%,d order lines of 10 stores over a year; %d nodes, survives: %s; asked for %d s before; then %d "
                                        + "rounds, in each of which every system has its turn, beginning with another one",
                                arrangement.storedOrders() * LINES_OF_AN_ORDER,
                                nodes,
                                goal,
                                warmUp,
                                rounds));
                QuestionBench.Outcome outcome = new QuestionBench(
                                server.server(), arrangement, folder.grid(), stop::isRequested, console::say)
                        .run(about, Duration.ofSeconds(warmUp), rounds);
                out.println();
                out.print(outcome.table());
                outcome.differences().forEach(difference -> out.println("DIFFERENT " + difference));
                Path results = folder.path()
                        .resolve("bench-reports-"
                                + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now()) + ".txt");
                Files.writeString(results, outcome.table());
                out.println();
                out.println("results: " + results);
                out.flush();
                return outcome.differences().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
            }
        }
    }

    private Arrangement arrangement() {
        try {
            require(lines >= LINES_MIN && lines <= LINES_MAX, "--lines is " + LINES_MIN + " to " + LINES_MAX);
            require(rounds >= 1 && rounds <= ROUNDS_MAX, "--rounds is 1 to " + ROUNDS_MAX);
            require(warmUp >= 0 && warmUp <= 3_600, "--warm-up is 0 to 3600 seconds");
            Arrangement arrangement = new Arrangement(
                    SurvivalGoal.of(goal),
                    WriteThroughMode.IN_TRANSACTION,
                    nodes,
                    new Assortment(CITIES),
                    // As many in each of ten stores.
                    (lines + LINES_OF_AN_ORDER * 10 - 1) / (LINES_OF_AN_ORDER * 10) * 10,
                    Duration.ZERO,
                    Protection.USERS,
                    thinPort,
                    heapMegabytes,
                    regionMegabytes,
                    List.of());
            arrangement.check();
            return arrangement;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
