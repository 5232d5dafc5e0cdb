package io.citygrid.bench.question;

import io.citygrid.bench.contender.Arrangement;
import io.citygrid.bench.contender.BenchServer;
import io.citygrid.bench.contender.GridContender;
import io.citygrid.bench.contender.OnePostgres;
import io.citygrid.bench.contender.ReplacedDesign;
import io.citygrid.bench.question.Asking.Took;
import io.citygrid.bench.question.Question.Asked;
import io.citygrid.grid.client.GridClient;
import io.citygrid.launch.CannotStart;
import io.citygrid.load.progress.Progress;
import io.citygrid.load.reconcile.CityComparison;
import io.citygrid.load.reconcile.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Fills the grid, one PostgreSQL and the replaced design with the same orders, and measures how long each takes to answer. */
public final class QuestionBench {
    private static final String ONE = "one PostgreSQL";

    /** In the middle of the year over which the orders are spread. */
    private static final int DAYS_AGO = 180;

    private static final int CITY = 1;
    private static final int STORE = 3;

    private final BenchServer server;
    private final Arrangement arrangement;
    private final Path folder;
    private final BooleanSupplier stopped;
    private final Consumer<String> tell;

    /**
     * @param arrangement of the grid, whose stored orders all systems get
     * @param folder for the grid's nodes; emptied
     */
    public QuestionBench(
            BenchServer server, Arrangement arrangement, Path folder, BooleanSupplier stopped, Consumer<String> tell) {
        this.server = server;
        this.arrangement = arrangement;
        this.folder = folder;
        this.stopped = stopped;
        this.tell = tell;
    }

    /**
     * What came of it.
     *
     * @param differences answers that differ between systems, in words
     */
    public record Outcome(String table, List<String> differences) {
        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    /** Does it; the databases and the nodes are gone afterwards. */
    public Outcome run(Map<String, String> about, Duration warmUp, int rounds) {
        Map<String, String> said = new LinkedHashMap<>(about);
        try (GridContender grid = GridContender.start(server, arrangement, folder, tell, said::put)) {
            fillWarehouse(grid);
            try (GridClient client = grid.patientClient();
                    OnePostgres one = OnePostgres.prepare(server, arrangement.assortment());
                    ReplacedDesign replaced = ReplacedDesign.prepare(server)) {
                one.fill(arrangement.assortment(), arrangement.storedOrders());
                replaced.fill(arrangement.storedOrders());
                grid.tidy();
                server.checkpoint();
                tell.accept("filled: the grid, its warehouse, one PostgreSQL, the replaced design");
                return ask(grid, client, one, replaced, said, warmUp, rounds);
            }
        }
    }

    private void fillWarehouse(GridContender grid) {
        long begun = System.nanoTime();
        try (GridClient client = grid.patientClient()) {
            for (CityComparison city : Warehouse.run(client, null, false, Progress.silent())) {
                if (!city.equal()) {
                    throw new CannotStart("the warehouse differs from the grid: " + city.table());
                }
            }
        }
        tell.accept("the warehouse is equal to the grid, after "
                + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s");
    }

    private Outcome ask(
            GridContender grid,
            GridClient client,
            OnePostgres one,
            ReplacedDesign replaced,
            Map<String, String> about,
            Duration warmUp,
            int rounds) {
        ZoneId zone = ZoneId.systemDefault();
        Asked asked = new Asked(CITY, STORE, LocalDate.now(zone).minusDays(DAYS_AGO), zone);
        List<Answerer> systems = new ArrayList<>();
        try {
            systems.add(new GridAnswerer("grid, sums", client, question -> question.sums(asked)));
            systems.add(new GridAnswerer("grid, lines", client, question -> question.lines(asked)));
            systems.add(
                    new PostgresAnswerer("warehouse", server, grid.central(), question -> question.warehouse(asked)));
            systems.add(new PostgresAnswerer(ONE, server, one.database(), question -> question.one(asked)));
            systems.add(new PostgresAnswerer(
                    "replaced design", server, replaced.central(), question -> question.replaced(asked, replaced)));
            Asking asking = new Asking(systems, stopped, tell);
            List<String> differences = new ArrayList<>(asking.differences());
            tell.accept("asking for " + warmUp.toSeconds() + " s until everything is warm");
            asking.warmUp(warmUp);
            List<Took> took = asking.measure(rounds);
            differences.addAll(asking.differences());
            return new Outcome(QuestionReport.of(about, took, ONE), differences);
        } finally {
            systems.forEach(Answerer::close);
        }
    }
}
