package io.citygrid.ops.check;

import io.citygrid.grid.check.Finding;
import io.citygrid.grid.check.Finding.Weight;
import io.citygrid.grid.check.Trouble;
import io.citygrid.ops.check.CheckResult.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Says what a check came to: to people, or to programs. */
final class CheckWords {
    /** Sentences of one kind of trouble. */
    private static final int OF_A_KIND_MAX = 10;

    /** What is counted, in the order in which it is told. */
    private static final List<String> COUNTED =
            List.of("nodes", "cities", "stores", "receipts", "stock rows", "copies of rows", "rows in PostgreSQL");

    private CheckWords() {}

    /** Prints findings by kind of trouble, what to do about each, and the verdict in one line. */
    static void print(CheckResult result, PrintWriter out) {
        print("WRONG", result.of(Weight.WRONG), true, out);
        print("NOT CHECKED", result.of(Weight.UNCHECKED), true, out);
        print("to know", result.of(Weight.NOTE), false, out);
        out.println(verdict(result));
        out.flush();
    }

    private static void print(String heading, List<Finding> findings, boolean withAdvice, PrintWriter out) {
        Map<Trouble, List<Finding>> byTrouble = new EnumMap<>(Trouble.class);
        findings.forEach(finding -> byTrouble
                .computeIfAbsent(finding.trouble(), unused -> new ArrayList<>())
                .add(finding));
        byTrouble.forEach((trouble, own) -> {
            out.println(heading + " · " + trouble.title());
            own.stream().limit(OF_A_KIND_MAX).forEach(finding -> out.println("  - " + finding.sentence()));
            if (own.size() > OF_A_KIND_MAX) {
                out.println("  - … and " + (own.size() - OF_A_KIND_MAX) + " more");
            }
            if (withAdvice) {
                out.println("  What to do: " + trouble.advice());
            }
            out.println();
        });
    }

    private static String verdict(CheckResult result) {
        String looked = COUNTED.stream()
                .flatMap(what -> Optional.ofNullable(result.looked().get(what))
                        .map(count -> String.format(Locale.ROOT, "%,d %s", count, what))
                        .stream())
                .collect(Collectors.joining(", "));
        String how = "; " + looked + " in "
                + String.format(Locale.ROOT, "%.1f s", result.took().toMillis() / 1000.0) + ".";
        return switch (result.verdict()) {
            case ALL_RIGHT -> "ALL RIGHT" + how;
            case WRONG -> "WRONG: " + kinds(result.of(Weight.WRONG)) + how;
            case NOT_CHECKED ->
                "NOT CHECKED: " + kinds(result.of(Weight.UNCHECKED)) + "; what was looked at is all right" + how;
        };
    }

    private static String kinds(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.trouble().title().toLowerCase(Locale.ROOT))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private record JsonFinding(String weight, String trouble, String sentence, String advice) {
        static JsonFinding of(Finding finding) {
            return new JsonFinding(
                    word(finding.weight()),
                    word(finding.trouble()),
                    finding.sentence(),
                    finding.trouble().advice());
        }

        private static String word(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private record Json(
            String verdict, int exitCode, long millis, Map<String, Long> looked, List<JsonFinding> findings) {}

    /** One JSON object. */
    static String json(CheckResult result) {
        Verdict verdict = result.verdict();
        Stream<JsonFinding> findings = result.findings().stream().map(JsonFinding::of);
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(new Json(
                        JsonFinding.word(verdict),
                        verdict.exitCode(),
                        result.took().toMillis(),
                        new TreeMap<>(result.looked()),
                        findings.toList()));
    }
}
