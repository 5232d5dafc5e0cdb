package io.citygrid.bench.question;

import io.citygrid.bench.question.Asking.Took;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, as a table for a terminal. */
final class QuestionReport {
    private static final String HEAD = "  %-30s %10s %10s %18s%n";
    private static final String ROW = "  %-30s %10.1f %10.1f %17.2fx%n";

    private QuestionReport() {}

    /** @param beside the system that the others are compared with */
    static String of(Map<String, String> about, List<Took> took, String beside) {
        StringBuilder text = new StringBuilder();
        about.forEach((what, words) -> text.append(String.format(Locale.ROOT, "%-14s %s%n", what, words)));
        for (Question question : Question.values()) {
            List<Took> rows =
                    took.stream().filter(one -> one.question() == question).toList();
            double other = rows.stream()
                    .filter(one -> one.system().equals(beside))
                    .mapToDouble(Took::medianMillis)
                    .findFirst()
                    .orElse(Double.NaN);
            text.append(String.format("%n%s%n", question.words()));
            text.append(String.format(Locale.ROOT, HEAD, "", "best ms", "median", "faster than one"));
            rows.forEach(row -> text.append(String.format(
                    Locale.ROOT, ROW, row.system(), row.bestMillis(), row.medianMillis(), other / row.medianMillis())));
        }
        return text.toString();
    }
}
