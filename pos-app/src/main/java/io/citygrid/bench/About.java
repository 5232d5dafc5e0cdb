package io.citygrid.bench;

import com.sun.management.OperatingSystemMXBean;
import io.citygrid.bench.contender.BenchServer;
import io.citygrid.bench.report.Results;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What somebody needs to know who reads the figures: the machine, the programs, the settings. */
final class About {
    private static final List<String> SETTINGS = List.of(
            "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size", "wal_compression");

    private About() {}

    static void fill(Results results, BenchOptions options, BenchServer server, boolean quick) {
        if (quick) {
            results.about("note", "a quick look whether everything works: the figures mean nothing");
        }
        results.about("begun", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        results.about("machine", machine());
        results.about(
                "Java",
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        results.about("PostgreSQL", postgres(server));
        results.about(
                "method",
                options.rounds() + " rounds of " + options.window().toSeconds()
                        + " s; in each round every system has its "
                        + "turn, beginning with another one; warmed up until the median of "
                        + SteadyState.WINDOWS + " windows of "
                        + options.warmUpWindow().toSeconds() + " s is within "
                        + SteadyState.GROWTH_PERCENT + " % of that of the " + SteadyState.WINDOWS + " before, at most "
                        + options.warmUp().toSeconds()
                        + " s; rates are medians of the rounds, ratios are medians of the rounds' ratios; what a system "
                        + "still has to do after its turn counts as its cost");
        results.about(
                "workloads",
                options.workloads().stream()
                        .map(workload -> workload.option() + ": " + workload.words())
                        .collect(Collectors.joining("; ")));
    }

    static String machine() {
        int processors = Runtime.getRuntime().availableProcessors();
        String memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? ", " + (system.getTotalMemorySize() >> 30) + " GiB"
                : "";
        return processors + " processors (" + model() + ")" + memory;
    }

    private static String model() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }

    static String postgres(BenchServer server) {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            List<String> words = new ArrayList<>();
            words.add(show(statement, "server_version"));
            for (String setting : SETTINGS) {
                words.add(setting + " " + show(statement, setting));
            }
            words.add(server.postmaster().isPresent() ? "on this machine" : "at " + server.host());
            return String.join(", ", words);
        } catch (SQLException unreadable) {
            return "unknown: " + unreadable.getMessage();
        }
    }

    private static String show(Statement statement, String setting) throws SQLException {
        try (ResultSet shown = statement.executeQuery("SHOW " + setting)) {
            shown.next();
            return shown.getString(1);
        }
    }
}
