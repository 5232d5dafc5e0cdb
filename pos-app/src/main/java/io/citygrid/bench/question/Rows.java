package io.citygrid.bench.question;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of different systems in the same words. */
final class Rows {
    private Rows() {}

    static List<String> words(List<? extends List<?>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(Rows::cell).collect(Collectors.joining(" | ")))
                .sorted()
                .toList();
    }

    private static String cell(@Nullable Object cell) {
        return cell instanceof BigDecimal number
                ? number.stripTrailingZeros().toPlainString()
                : String.valueOf(cell).strip();
    }
}
