package io.citygrid.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of {@code docs/sql.md} that says what Calcite cannot do, and what to write instead. */
final class SqlLimits {
    private static final Pattern ROW = Pattern.compile("\\| `(.+)` \\| `(.+)` \\|");

    private SqlLimits() {}

    /** What is refused, and what answers instead. */
    static Map<String, String> documented() {
        Map<String, String> limits = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(Path.of("..", "docs", "sql.md"))) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    limits.put(row.group(1), row.group(2));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return limits;
    }
}
