package io.citygrid.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.citygrid.monitoring.MonitoringFiles.Alert;
import io.citygrid.monitoring.Scrape.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Prometheus' own judge of rules, of Debian's package {@code prometheus}. Tests that need it are skipped where it is missing,
 * unless CITYGRID_REQUIRE_PROMTOOL says that it must be there.
 */
final class Promtool {
    private static final int MINUTES = 35;

    private Promtool() {}

    static void assumeThere() {
        boolean there = isThere();
        assertThat(there || !Boolean.parseBoolean(System.getenv("CITYGRID_REQUIRE_PROMTOOL")))
                .as("promtool is required: install Debian's package prometheus")
                .isTrue();
        assumeTrue(there, "promtool is not installed");
    }

    static boolean isThere() {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, "promtool"))) {
                return true;
            }
        }
        return false;
    }

    /** Runs it, and fails with what it says if it is not content. */
    static void run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("promtool", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended).as("promtool ended").isTrue();
            assertThat(process.exitValue())
                    .as(() -> MonitoringFiles.text(output))
                    .isZero();
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /**
     * Fails unless exactly {@code expected} of {@code asked} fire when what the running system said lasts for half an hour.
     *
     * @param earlier a scrape some time before {@code now}, in the same state
     * @param elapsed the seconds between the two; numbers that rise go on at the same rate
     */
    static void assertFiring(
            Path scratch, Scrape earlier, Scrape now, double elapsed, Set<String> asked, Set<String> expected)
            throws IOException, InterruptedException {
        Map<String, Double> before = new TreeMap<>();
        earlier.samples().forEach(sample -> before.put(sample.series(), sample.value()));
        Set<String> relevant = MonitoringFiles.metrics(
                MonitoringFiles.alerts().stream().map(Alert::expression).toList());
        StringBuilder test = new StringBuilder("rule_files: ['" + MonitoringFiles.RULES + "']\n"
                + "evaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n");
        for (Sample sample : now.samples()) {
            if (relevant.contains(sample.name()) || sample.name().equals("up")) {
                double rise = rises(sample.name())
                        ? Math.max(0, (sample.value() - before.getOrDefault(sample.series(), 0.0)) / elapsed * 60)
                        : 0;
                test.append("      - {series: '")
                        .append(sample.series().replace("'", "''"))
                        .append("', values: '")
                        .append(sample.value())
                        .append('+')
                        .append(rise)
                        .append('x')
                        .append(MINUTES)
                        .append("'}\n");
            }
        }
        test.append("    promql_expr_test:\n");
        for (String alert : asked) {
            test.append("      - expr: 'group(ALERTS{alertname=\"")
                    .append(alert)
                    .append("\",alertstate=\"firing\"})'\n        eval_time: 34m\n        exp_samples: ")
                    .append(expected.contains(alert) ? "[{labels: '{}', value: 1}]\n" : "[]\n");
        }
        Path file = Files.createTempFile(scratch, "drill", ".yml");
        Files.writeString(file, test, StandardCharsets.UTF_8);
        run(scratch, "test", "rules", file.toString());
    }

    private static boolean rises(String name) {
        return name.matches(
                ".*_(total|bucket|count|sum)|citygrid_(outbox_oldest|feed_lag)_seconds|citygrid_outbox_entries");
    }
}
