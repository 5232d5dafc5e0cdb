package io.citygrid.bench;

import io.citygrid.bench.Station.Turn;
import io.citygrid.bench.contender.BenchServer;
import io.citygrid.bench.cost.Meter;
import io.citygrid.bench.cost.ProcessRestarted;
import io.citygrid.bench.drive.ClosedLoop;
import io.citygrid.bench.drive.Demand;
import io.citygrid.bench.drive.Load;
import io.citygrid.bench.drive.OpenLoop;
import io.citygrid.bench.report.Latency;
import io.citygrid.bench.report.Measured;
import io.citygrid.bench.report.Medians;
import io.citygrid.bench.report.Results;
import io.citygrid.launch.Console;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Systems that are measured side by side: in every round each has its turn, and the first one changes. */
final class Block {
    private static final int TRIES = 3;

    private final String name;
    private final List<Station> stations;
    private final BenchOptions options;
    private final BenchServer server;
    private final Results results;
    private final Console console;

    /** @param stations the grid's first: the others are compared with it, and the block has its name */
    Block(List<Station> stations, BenchOptions options, BenchServer server, Results results, Console console) {
        this.name = stations.get(0).contender().name();
        this.stations = stations;
        this.options = options;
        this.server = server;
        this.results = results;
        this.console = console;
    }

    void warmUp() {
        for (Station station : stations) {
            if (!options.warmUp().isZero()) {
                String how = station.warmUp(options);
                console.say(station.contender().name() + ": " + how);
                results.note("warm-up of " + station.contender().name() + beside(station), how);
            }
        }
    }

    void run() {
        for (int round = 1; round <= options.rounds(); round++) {
            server.checkpoint();
            for (Demand demand : options.demands()) {
                for (int clients : options.clients()) {
                    Load load = new ClosedLoop(clients);
                    for (Station station : inTurn(round)) {
                        measure(station, demand, load, load.words(), round);
                    }
                }
                for (int rate : options.rates()) {
                    Load load = new OpenLoop(rate);
                    for (Station station : inTurn(round)) {
                        measure(station, demand, load, load.words(), round);
                    }
                }
            }
        }
        for (int round = 1; round <= options.rounds(); round++) {
            for (int percent : options.percents()) {
                for (Station station : inTurn(round)) {
                    Load load = new OpenLoop(reached(station) * percent / 100);
                    measure(station, options.usual(), load, "at " + percent + " % " + Results.OF_ITS_OWN, round);
                }
            }
        }
    }

    private String beside(Station station) {
        return station == stations.get(0) ? "" : ", beside " + name;
    }

    /** What the station reached with many clients, in the middle of the rounds. */
    private double reached(Station station) {
        String label = new ClosedLoop(options.manyClients()).words();
        String asked = (options.demands().contains(options.usual())
                        ? options.usual()
                        : options.demands().get(0))
                .words();
        return Medians.of(results.measured().stream()
                .filter(one -> one.block().equals(name)
                        && one.system().equals(station.contender().name())
                        && one.workload().equals(asked)
                        && one.load().equals(label))
                .map(Measured::perSecond)
                .toList());
    }

    /** Each round begins with another one: what the one before leaves behind, such as a warm disk, meets all of them. */
    private List<Station> inTurn(int round) {
        List<Station> turned = new ArrayList<>(stations);
        Collections.rotate(turned, -(round - 1) % stations.size());
        return turned;
    }

    /** Measures again if a node died meanwhile: that is for the tests of faults to look at, and is said. */
    private void measure(Station station, Demand demand, Load load, String label, int round) {
        @Nullable
        Meter standingBy = station == stations.get(0) ? null : stations.get(0).meter();
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Turn turn = new Turn(
                    round,
                    // The same for all systems, and never twice for one of them: order ids are drawn from it.
                    Objects.hash(options.seed(), round, demand.words(), label, attempt),
                    options.window());
            try {
                add(station.measure(name, demand, load, label, turn, standingBy));
                return;
            } catch (ProcessRestarted died) {
                String where = "round " + round + ", " + demand.words() + ", " + label;
                console.say(where + ": " + died.getMessage() + ", measured again");
                results.note(where + " of " + station.contender().name(), died.getMessage() + ", measured again");
            }
        }
        throw new IllegalStateException("nodes died in each of " + TRIES + " measurements: their logs tell why");
    }

    private void add(Measured measured) {
        results.add(measured);
        Latency latency = measured.sold() > 0 ? measured.sales() : measured.lookUps();
        long notDone = measured.refused() + measured.unknown();
        console.say(String.format(
                Locale.ROOT,
                "round %d, %s, %s: %s %.0f a second, p50 %.1f, p99 %.1f ms%s",
                measured.round(),
                measured.workload(),
                measured.load(),
                measured.system(),
                measured.perSecond(),
                latency.p50(),
                latency.p99(),
                notDone == 0
                        ? ""
                        : ", " + measured.refused() + " refused, " + measured.unknown() + " without an answer"));
    }
}
