package io.citygrid.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What somebody typed or scanned to find something: a code if it is one, otherwise words that must all occur. Every character
 * stands for itself; there are no wildcards.
 */
public final class SearchWords {
    /** Longest text that is searched for. */
    public static final int LENGTH_MAX = 100;

    private static final int WORDS_MAX = 8;

    private final String text;
    private final List<String> words;

    private SearchWords(String text) {
        this.text = text.strip();
        this.words = this.text.isEmpty()
                ? List.of()
                : Arrays.stream(this.text.toLowerCase(Locale.ROOT).split("\\s+"))
                        .distinct()
                        .limit(WORDS_MAX)
                        .toList();
    }

    public static SearchWords of(String text) {
        return new SearchWords(text);
    }

    /** Whether nothing was typed, so that everything is found. */
    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** The text as a code may be written: as typed, in capitals, in small letters. */
    public List<String> codes() {
        return Stream.of(text, text.toUpperCase(Locale.ROOT), text.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** An SQL condition that {@code column} is the code; it takes {@link #codes()} as its arguments. */
    public String isCode(String column) {
        return column + " IN (?, ?, ?)";
    }

    /**
     * An SQL condition that every word occurs in {@code columns}, in small letters or capitals; it takes {@link #words()} as its
     * arguments. Only the columns, which are ours, and question marks become part of the text.
     */
    public String occurIn(String... columns) {
        String searched = "LOWER(" + String.join(" || ' ' || ", columns) + ")";
        List<String> conditions = new ArrayList<>();
        for (int word = 0; word < words.size(); word++) {
            // POSITION and not LIKE: in a LIKE, per cent signs and underscores of the text would be wildcards.
            conditions.add("POSITION(CAST(? AS VARCHAR) IN " + searched + ") > 0");
        }
        return conditions.isEmpty() ? "TRUE" : String.join(" AND ", conditions);
    }

    public List<String> words() {
        return words;
    }
}
