package io.citygrid.web;

import java.util.Locale;

/** Makes sentences for people of what the grid says. */
public final class Sentences {
    private Sentences() {}

    /** {@code text} with a capital letter and a full stop. */
    public static String of(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }
}
