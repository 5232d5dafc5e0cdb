package io.citygrid.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files that an operator mounts into Prometheus and Grafana. */
final class MonitoringFiles {
    static final Path FOLDER = root().resolve("grid-config").resolve("monitoring");
    static final Path RULES = FOLDER.resolve("alerts.yml");
    static final Path RULE_TESTS = FOLDER.resolve("alerts-test.yml");
    static final Path PROMETHEUS = FOLDER.resolve("prometheus.yml");
    static final Path DASHBOARD = FOLDER.resolve("grafana").resolve("dashboards").resolve("citygrid.json");
    static final Path RUNBOOK = root().resolve("docs").resolve("runbook.md");

    private static final Pattern METRIC = Pattern.compile("\\b(?:citygrid|jvm|process)_\\w+");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

    /** An alert of {@code alerts.yml}. */
    record Alert(String name, String expression, String severity, Map<String, String> annotations) {}

    private MonitoringFiles() {}

    private static Path root() {
        return Path.of("..").toAbsolutePath().normalize();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Map<String, Object> yaml(Path file) {
        return new Yaml().load(text(file));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Map<String, Object> of, String name) {
        return (List<Map<String, Object>>) of.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked")
    static List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        for (Map<String, Object> group : list(yaml(RULES), "groups")) {
            for (Map<String, Object> rule : list(group, "rules")) {
                alerts.add(new Alert(
                        String.valueOf(rule.get("alert")),
                        String.valueOf(rule.get("expr")),
                        String.valueOf(((Map<String, Object>) rule.get("labels")).get("severity")),
                        (Map<String, String>) rule.get("annotations")));
            }
        }
        return alerts;
    }

    static JsonNode dashboard() {
        return JsonMapper.builder().build().readTree(text(DASHBOARD));
    }

    /** What the dashboard's panels ask. */
    static List<String> dashboardQuestions() {
        List<String> questions = new ArrayList<>();
        dashboard().path("panels").forEach(panel -> panel.path("targets")
                .forEach(target -> questions.add(target.path("expr").asString())));
        return questions;
    }

    /** The names of metrics in {@code expressions}; what stands in quotes is none. */
    static Set<String> metrics(List<String> expressions) {
        Set<String> names = new TreeSet<>();
        for (String expression : expressions) {
            METRIC.matcher(QUOTED.matcher(expression).replaceAll("\"\""))
                    .results()
                    .forEach(name -> names.add(name.group()));
        }
        return names;
    }
}
