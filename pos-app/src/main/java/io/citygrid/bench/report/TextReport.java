package io.citygrid.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as tables for a terminal. */
public final class TextReport {
    private static final String HEAD = "  %-34s %10s %15s %7s %7s %7s %8s %6s %7s %6s%n";
    private static final String ROW = "  %-34s %10.0f %15s %7.1f %7.1f %7.1f %8.0f %5.1f%% %7.2f %6s%n";

    private TextReport() {}

    /** All of it. */
    public static String of(Results results) {
        StringBuilder text = new StringBuilder();
        results.about().forEach((what, words) -> text.append(String.format(Locale.ROOT, "%-18s %s%n", what, words)));
        text.append(System.lineSeparator());
        String title = "";
        List<Ratio> ratios = results.ratios();
        for (Summary row : results.summaries()) {
            String here = row.block() + ": " + row.workload() + ", " + row.load();
            if (!here.equals(title)) {
                title = here;
                text.append(here).append(System.lineSeparator());
                text.append(String.format(
                        Locale.ROOT,
                        HEAD,
                        "",
                        "a second",
                        "least-greatest",
                        "p50 ms",
                        "p95",
                        "p99",
                        "slowest",
                        "not",
                        "CPU ms",
                        "ratio"));
            }
            text.append(String.format(
                    Locale.ROOT,
                    ROW,
                    row.system(),
                    row.perSecond(),
                    Math.round(row.perSecondLeast()) + "-" + Math.round(row.perSecondGreatest()),
                    row.p50(),
                    row.p95(),
                    row.p99(),
                    row.slowestMillis(),
                    row.refusedPercent(),
                    row.cpuMillis(),
                    ratio(ratios, row)));
        }
        results.notes()
                .forEach((what, words) ->
                        text.append(what).append(": ").append(words).append(System.lineSeparator()));
        text.append(System.lineSeparator()).append(books(results));
        return text.toString();
    }

    /** What the block's first system does for each of this one's. */
    private static String ratio(List<Ratio> ratios, Summary row) {
        return ratios.stream()
                .filter(ratio -> ratio.block().equals(row.block())
                        && ratio.workload().equals(row.workload())
                        && ratio.load().equals(row.load())
                        && ratio.to().equals(row.system()))
                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio.median()))
                .collect(Collectors.joining());
    }

    private static String books(Results results) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, List<String>> system : results.violations().entrySet()) {
            text.append("The books of ")
                    .append(system.getKey())
                    .append(system.getValue().isEmpty() ? " add up." : " do not add up:")
                    .append(System.lineSeparator());
            system.getValue()
                    .forEach(sentence -> text.append("  - ").append(sentence).append(System.lineSeparator()));
        }
        results.faults()
                .forEach((system, sentences) -> sentences.forEach(sentence ->
                        text.append(system).append(": ").append(sentence).append(System.lineSeparator())));
        return text.toString();
    }
}
