package io.citygrid.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.citygrid.bench.cost.MachineTime;
import io.citygrid.bench.cost.ProcessCost;
import io.citygrid.bench.cost.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private static final String GRID = "grid (node, in-transaction)";
    private static final String ONE = "one PostgreSQL";

    private final Results results = new Results();

    private void measured(String system, int round, double perSecond) {
        Histogram micros = new Histogram(3);
        micros.recordValue(2_000);
        results.add(new Measured(
                GRID,
                system,
                "uniform",
                "16 clients",
                round,
                10,
                perSecond,
                (long) perSecond * 10,
                0,
                0,
                0,
                0,
                Latency.of(micros),
                Latency.of(new Histogram(3)),
                Cost.of(
                        new Reading(Map.of("karachi-1", new ProcessCost(5_000, 1_000_000, 12)), 100, 2_000, 300, 4_000),
                        new MachineTime(25, 0, 100),
                        0,
                        1_000)));
    }

    @Test
    void comparesRoundByRound() {
        // A slow second round meets both systems, so that its ratio says what the others say.
        measured(GRID, 1, 1_000);
        measured(ONE, 1, 500);
        measured(GRID, 2, 300);
        measured(ONE, 2, 100);
        measured(GRID, 3, 1_200);
        measured(ONE, 3, 480);
        assertThat(results.ratios()).singleElement().satisfies(ratio -> {
            assertThat(ratio.to()).isEqualTo(ONE);
            assertThat(ratio.median()).isEqualTo(2.5);
            assertThat(ratio.least()).isEqualTo(2.0);
            assertThat(ratio.greatest()).isEqualTo(3.0);
        });
    }

    @Test
    void takesMediansAndSpread() {
        measured(GRID, 1, 1_000);
        measured(GRID, 2, 300);
        measured(GRID, 3, 1_200);
        assertThat(results.summaries()).singleElement().satisfies(row -> {
            assertThat(row.perSecond()).isEqualTo(1_000);
            assertThat(row.perSecondLeast()).isEqualTo(300);
            assertThat(row.perSecondGreatest()).isEqualTo(1_200);
            assertThat(row.p99()).isCloseTo(2.0, within(0.01));
            assertThat(row.nodeCpuMillis()).isEqualTo(5.0);
            assertThat(row.messages()).isEqualTo(0.3);
            assertThat(row.idlePercent()).isEqualTo(25.0);
        });
    }

    @Test
    void booksThatDoNotAddUpAreNotSound() {
        results.violations(GRID, List.of());
        assertThat(results.sound()).isTrue();
        results.violations(ONE, List.of("2 orders are stored and 3 were confirmed"));
        assertThat(results.sound()).isFalse();
        assertThat(TextReport.of(results)).contains("do not add up", "2 orders are stored and 3 were confirmed");
    }

    @Test
    void thePageNeedsNothingElse(@TempDir Path folder) throws Exception {
        measured(GRID, 1, 1_000);
        results.about("machine", "a name that ends </script> early");
        ReportFiles.write(folder, "bench", results);
        String page = Files.readString(folder.resolve("bench.html"));
        assertThat(page).contains("\"perSecond\" : 1000.0", "Chart.js v4").doesNotContain("</script> early");
        assertThat(page.toLowerCase()).doesNotContain("src=\"http", "href=\"http");
        assertThat(Files.readString(folder.resolve("bench.json"))).contains("\"system\" : \"" + GRID + "\"");
    }
}
