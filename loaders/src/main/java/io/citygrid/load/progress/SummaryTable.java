package io.citygrid.load.progress;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a load did, as lines of two columns. */
public final class SummaryTable {
    private final String title;
    private final Map<String, String> rows = new LinkedHashMap<>();

    public SummaryTable(String title) {
        this.title = title;
    }

    /** Adds a row. */
    public SummaryTable row(String label, Object value) {
        rows.put(label, value.toString());
        return this;
    }

    /** Adds a row unless the number is 0: what did not happen is not worth a line. */
    public SummaryTable rowIfAny(String label, long number) {
        return number == 0 ? this : row(label, number);
    }

    /** The table, with a line break at its end. */
    @Override
    public String toString() {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder(title).append(System.lineSeparator());
        rows.forEach((label, value) -> text.append("  ")
                .append(label)
                .append(" ".repeat(width - label.length() + 2))
                .append(value)
                .append(System.lineSeparator()));
        return text.toString();
    }
}
