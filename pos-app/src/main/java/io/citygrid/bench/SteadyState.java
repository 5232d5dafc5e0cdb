package io.citygrid.bench;

import io.citygrid.bench.drive.ClosedLoop;
import io.citygrid.bench.drive.Demand;
import io.citygrid.bench.drive.Driven;
import io.citygrid.bench.drive.Register;
import io.citygrid.bench.report.Medians;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Warms a system up until its throughput is steady: until the median of the last {@value #WINDOWS} windows is within
 * {@value #GROWTH_PERCENT} % of that of the {@value #WINDOWS} before. A JVM needs minutes on few processors.
 */
final class SteadyState {
    static final int WINDOWS = 6;
    static final int GROWTH_PERCENT = 5;

    private final List<Register> registers;
    private final ClosedLoop load;
    private final Demand demand;
    private final Duration window;
    private final Consumer<Driven> each;

    /**
     * @param window how long each of them is
     * @param each is told of every window
     */
    SteadyState(List<Register> registers, int clients, Demand demand, Duration window, Consumer<Driven> each) {
        this.registers = registers;
        this.load = new ClosedLoop(clients);
        this.demand = demand;
        this.window = window;
        this.each = each;
    }

    /** Sells until it is steady, or for {@code atMost}; says in words how it went. */
    String reach(long seed, Duration atMost) {
        List<Double> rates = new ArrayList<>();
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < atMost.toNanos()) {
            Driven driven = load.drive(registers, demand, seed + rates.size(), window);
            each.accept(driven);
            rates.add(driven.perSecond());
            Duration so = Duration.ofNanos(System.nanoTime() - begun);
            if (steady(rates)) {
                return String.format(
                        Locale.ROOT,
                        "steady after %d s at %.0f a second",
                        so.toSeconds(),
                        Medians.of(rates.subList(rates.size() - WINDOWS, rates.size())));
            }
        }
        return String.format(
                Locale.ROOT, "not steady after %d s, the last windows: %s", atMost.toSeconds(), lastWindows(rates));
    }

    /** Whether the last windows are like those before. */
    static boolean steady(List<Double> rates) {
        int size = rates.size();
        if (size < 2 * WINDOWS) {
            return false;
        }
        double now = Medians.of(rates.subList(size - WINDOWS, size));
        double before = Medians.of(rates.subList(size - 2 * WINDOWS, size - WINDOWS));
        return before > 0 && Math.abs(now - before) <= before * GROWTH_PERCENT / 100;
    }

    private static String lastWindows(List<Double> rates) {
        return rates.subList(Math.max(0, rates.size() - WINDOWS), rates.size()).stream()
                .map(rate -> String.format(Locale.ROOT, "%.0f", rate))
                .toList()
                .toString();
    }
}
