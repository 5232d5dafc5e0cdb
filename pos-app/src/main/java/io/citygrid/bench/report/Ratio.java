package io.citygrid.bench.report;

import java.util.List;

/**
 * How two systems compare, measured in the same rounds.
 *
 * @param median of the rounds' ratios
 * @param least of them
 * @param greatest of them
 */
public record Ratio(
        String block,
        String workload,
        String load,
        String system,
        String to,
        double median,
        double least,
        double greatest) {

    static Ratio of(String block, String workload, String load, String system, String to, List<Double> ratios) {
        return new Ratio(
                block,
                workload,
                load,
                system,
                to,
                Medians.of(ratios),
                ratios.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN),
                ratios.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN));
    }
}
