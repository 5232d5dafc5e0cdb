package io.citygrid.bench;

import io.citygrid.bench.contender.Arrangement;
import io.citygrid.bench.contender.BenchServer;
import io.citygrid.bench.contender.Contender;
import io.citygrid.bench.contender.GridContender;
import io.citygrid.bench.contender.OnePostgres;
import io.citygrid.bench.contender.ReplacedDesign;
import io.citygrid.bench.report.Results;
import io.citygrid.launch.Console;
import io.citygrid.launch.StopSignal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: sets systems up, measures them side by side, looks whether their books add up. */
final class Bench {
    private static final Logger log = LoggerFactory.getLogger(Bench.class);

    private final BenchOptions options;
    private final BenchServer server;
    private final Path folder;
    private final List<Arrangement> arrangements;
    private final Results results;
    private final StopSignal stop;
    private final Console console;

    /**
     * @param folder for the grid's nodes; emptied
     * @param arrangements of the grid, one after the other
     */
    Bench(
            BenchOptions options,
            BenchServer server,
            Path folder,
            List<Arrangement> arrangements,
            Results results,
            StopSignal stop,
            Console console) {
        this.options = options;
        this.server = server;
        this.folder = folder;
        this.arrangements = arrangements;
        this.results = results;
        this.stop = stop;
        this.console = console;
    }

    /** Everything measured is in the results also when it ends early. */
    void run() {
        for (Arrangement arrangement : arrangements) {
            requireGoing();
            List<Contender> contenders = new ArrayList<>();
            List<Station> stations = new ArrayList<>();
            try {
                contenders.add(GridContender.start(server, arrangement, folder, console::say, results::note));
                if (options.one()) {
                    contenders.add(OnePostgres.prepare(server, options.assortment()));
                }
                if (options.replaced()) {
                    contenders.add(ReplacedDesign.prepare(server));
                }
                for (Contender contender : contenders) {
                    stations.add(new Station(contender, options.registers()));
                    results.system(contender.name(), contender.words());
                }
                console.say(
                        "filled: " + contenders.stream().map(Contender::name).toList());
                Block block = new Block(stations, options, server, results, console);
                block.warmUp();
                block.run();
                check(stations);
            } finally {
                // Stopping takes waits of its own.
                stop.clearInterruption();
                closeAll(stations, contenders);
            }
        }
    }

    private void requireGoing() {
        if (stop.isRequested()) {
            throw new IllegalStateException("stopped before the end");
        }
    }

    /** One that cannot be closed keeps no other from it. */
    private static void closeAll(List<Station> stations, List<Contender> contenders) {
        @Nullable RuntimeException first = null;
        List<Runnable> closing = new ArrayList<>();
        stations.forEach(station -> closing.add(station::close));
        contenders.forEach(contender -> closing.add(contender::close));
        for (Runnable one : closing) {
            try {
                one.run();
            } catch (RuntimeException failed) {
                if (first == null) {
                    first = failed;
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        if (first != null) {
            log.warn("not everything could be closed", first);
        }
    }

    private void check(List<Station> stations) {
        for (Station station : stations) {
            String name = station.contender().name();
            console.say("looking whether the books of " + name + " add up");
            List<String> wrong = station.check();
            requireGoing();
            results.violations(name, wrong);
            results.faults(name, station.contender().faults());
            console.say("the books of " + name + (wrong.isEmpty() ? " add up" : " do not add up: " + wrong));
        }
    }
}
