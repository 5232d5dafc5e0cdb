package io.citygrid.bench.report;

import java.util.List;

/** The middle of a few measurements, which one bad one does not move. */
public final class Medians {
    private Medians() {}

    /** Of an even number of values, the mean of the two in the middle; NaN of none. */
    public static double of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
