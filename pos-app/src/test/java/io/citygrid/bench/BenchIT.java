package io.citygrid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.demo.DemoProcess;
import io.citygrid.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./pos load bench} as a user starts it: real nodes, a real server, all three systems. */
class BenchIT {
    private static final int ENDS_WITHIN_MINUTES = 6;

    @TempDir
    Path parent;

    @Test
    void measuresAllSystemsInTurnsAndFindsTheirBooksInOrder() throws Exception {
        Path data = parent.resolve("bench");
        int thin = FreePorts.row(4);
        String said = run(
                "--nodes",
                "2",
                "--write-through",
                "after-commit",
                "--workloads",
                "hot-product,reads-95",
                "--clients",
                "4",
                "--percents",
                "50",
                "--rounds",
                "1",
                "--seconds",
                "2",
                "--warm-up",
                "1",
                "--data",
                data.toString(),
                "--thin-port",
                String.valueOf(thin),
                "--pg-port",
                String.valueOf(FreePorts.row(1)));
        assertThat(said).contains("the books of one PostgreSQL add up");

        JsonNode results = JsonMapper.shared().readTree(only(data, ".json").toFile());
        Set<String> measured = new HashSet<>();
        for (JsonNode row : results.get("summaries")) {
            assertThat(row.get("perSecond").asDouble()).as(row.toString()).isPositive();
            assertThat(row.get("cpuMillis").asDouble()).as(row.toString()).isPositive();
            measured.add(
                    row.get("system").asString() + ": " + row.get("workload").asString());
        }
        for (String system : List.of("grid (node, after-commit, 2 nodes)", "one PostgreSQL", "replaced design")) {
            assertThat(results.get("violations").get(system)).as(system).isEmpty();
            assertThat(measured).contains(system + ": hot-product", system + ": reads-95", system + ": uniform");
        }
        assertThat(results.get("ratios"))
                .as("of the closed loop, to both others")
                .hasSize(4);
        assertThat(Files.size(only(data, ".html"))).isGreaterThan(100_000);
        assertThat(data.resolve("grid/nodes/karachi-1/node.log")).exists();
        assertThat(data.resolve("grid/nodes/karachi-1/db")).doesNotExist();
        assertThat(data.resolve("server")).doesNotExist();
    }

    @Test
    void measuresHowTheGridGrows() throws Exception {
        Path data = parent.resolve("growth");
        String said = run(
                "--nodes",
                "1",
                "--survive",
                "node",
                "--against",
                "none",
                "--cities",
                "1",
                "--stored-orders",
                "300",
                "--lines",
                "1,5",
                "--workloads",
                "uniform",
                "--clients",
                "2",
                "--percents",
                "0",
                "--rounds",
                "1",
                "--seconds",
                "1",
                "--warm-up",
                "0",
                "--data",
                data.toString(),
                "--thin-port",
                String.valueOf(FreePorts.row(2)),
                "--pg-port",
                String.valueOf(FreePorts.row(1)));

        String grid = "grid (node, in-transaction, 1 node, 1 city, 300 stored orders)";
        assertThat(said).contains("300 orders of three lines", "the books of " + grid + " add up");
        JsonNode results = JsonMapper.shared().readTree(only(data, ".json").toFile());
        assertThat(results.get("notes").has("stored orders of " + grid)).isTrue();
        Set<String> measured = new HashSet<>();
        results.get("summaries").forEach(row -> measured.add(row.get("workload").asString()));
        assertThat(measured).containsExactlyInAnyOrder("uniform, 1 line", "uniform, 5 lines");
    }

    private String run(String... options) throws IOException, InterruptedException {
        Path output = parent.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(Path.of("..", "pos").toRealPath().toString(), "load", "bench"),
                                Arrays.stream(options))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JDK_JAVA_OPTIONS", DemoProcess.QUICK_START);
        Process bench = builder.start();
        try {
            assertThat(bench.waitFor(ENDS_WITHIN_MINUTES, TimeUnit.MINUTES))
                    .as(() -> "it said " + read(output))
                    .isTrue();
        } finally {
            bench.destroy();
        }
        assertThat(bench.exitValue()).as(() -> "it said " + read(output)).isZero();
        return read(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static Path only(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }
}
