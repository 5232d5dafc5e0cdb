package io.citygrid.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.metrics.OutcomeName;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.monitoring.MonitoringFiles.Alert;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files for Prometheus and Grafana fit each other, the runbook, and the program. */
class AlertRulesTest {
    private static final Pattern OUTCOMES = Pattern.compile("outcome(?:=|=~|!~)\"([a-z_|]+)\"");

    @Test
    void everyAlertSaysWhatItMeansAndWhatToDoFirst() {
        String runbook = MonitoringFiles.text(MonitoringFiles.RUNBOOK);
        assertThat(MonitoringFiles.alerts()).hasSizeGreaterThan(30).allSatisfy(alert -> {
            assertThat(alert.severity()).isIn("page", "ticket");
            assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "first", "runbook");
            assertThat(alert.annotations().get("runbook"))
                    .isEqualTo("docs/runbook.md#" + alert.name().toLowerCase(Locale.ROOT));
            assertThat(runbook).contains("\n### " + alert.name() + "\n");
        });
        assertThat(runbook.lines().filter(line -> line.startsWith("### CityGrid")))
                .hasSameSizeAs(MonitoringFiles.alerts());
    }

    @Test
    void everyAlertIsMadeToFireOnce() {
        Set<String> tried = MonitoringFiles.RULE_TESTS.stream()
                .flatMap(file -> MonitoringFiles.list(MonitoringFiles.yaml(file), "tests").stream())
                .map(test -> String.valueOf(test.get("name")))
                .collect(Collectors.toSet());
        assertThat(tried)
                .containsAll(MonitoringFiles.alerts().stream().map(Alert::name).toList());
    }

    @Test
    void prometheusIsContentWithConfigurationRulesAndTheirTests() throws Exception {
        Promtool.assumeThere();
        Promtool.run(MonitoringFiles.FOLDER, "check", "config", "prometheus.yml");
        for (Path file : MonitoringFiles.RULE_TESTS) {
            Promtool.run(MonitoringFiles.FOLDER, "test", "rules", file.toString());
        }
    }

    @Test
    void rulesNameOutcomesThatExist() {
        Set<String> known = Stream.of(OrderOutcome.class.getDeclaredClasses())
                .filter(OrderOutcome.class::isAssignableFrom)
                .map(type -> OutcomeName.of(type.asSubclass(OrderOutcome.class)))
                .collect(Collectors.toCollection(TreeSet::new));
        // Of SQL queries and logins, and what is no type of its own.
        known.addAll(List.of(OutcomeName.UNKNOWN, OutcomeName.FAILED, "store_shut", "success", "wrong", "slowed"));
        Stream.concat(
                        MonitoringFiles.alerts().stream().map(Alert::expression),
                        MonitoringFiles.dashboardQuestions().stream())
                .forEach(question -> OUTCOMES.matcher(question).results().forEach(named -> assertThat(known)
                        .as(question)
                        .contains(named.group(1).split("\\|"))));
    }

    @Test
    void grafanaFindsItsDashboardAndItsSource() {
        assertThat(MonitoringFiles.dashboardQuestions()).hasSizeGreaterThan(30).doesNotContain("");
        assertThat(MonitoringFiles.text(
                        MonitoringFiles.FOLDER.resolve("grafana/provisioning/datasources/prometheus.yml")))
                .contains("uid: citygrid-prometheus");
        assertThat(MonitoringFiles.dashboard().findValuesAsString("uid"))
                .containsOnly("citygrid", "citygrid-prometheus");
        assertThat(MonitoringFiles.FOLDER.resolve("grafana/provisioning/dashboards/citygrid.yml"))
                .satisfies(file -> assertThat(Files.exists(file)).isTrue());
    }

    @Test
    void prometheusAsksNodesAndWebAppsUnderTheNamesOfTheRules() {
        List<String> jobs =
                MonitoringFiles.list(MonitoringFiles.yaml(MonitoringFiles.PROMETHEUS), "scrape_configs").stream()
                        .map(job -> String.valueOf(job.get("job_name")))
                        .toList();
        assertThat(jobs).containsExactly("citygrid-nodes", "citygrid-apps");
    }
}
