package io.citygrid.model;

import org.jspecify.annotations.Nullable;

/** Checks of the text that rows carry, with the limits of their PostgreSQL columns. */
public final class Texts {
    private Texts() {}

    /**
     * {@code text} without surrounding blanks.
     *
     * @throws IllegalArgumentException if it is missing, blank, longer than {@code lengthMax}, or holds a NUL character, which
     *     PostgreSQL cannot store
     */
    public static String required(@Nullable String text, String what, int lengthMax) {
        String trimmed = text == null ? "" : text.strip();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException(what + " is missing");
        }
        return checked(trimmed, what, lengthMax);
    }

    /** As {@link #required}, but {@code null} or blank is {@code null}. */
    public static @Nullable String optional(@Nullable String text, String what, int lengthMax) {
        return text == null || text.isBlank() ? null : checked(text.strip(), what, lengthMax);
    }

    /**
     * {@code text} made to fit: without NUL characters and surrounding blanks, its end replaced by an ellipsis if it is longer
     * than {@code lengthMax}.
     */
    public static String cut(String text, int lengthMax) {
        String clean = text.replace("\0", "").strip();
        if (clean.length() <= lengthMax) {
            return clean;
        }
        int end = lengthMax - 1;
        // Half of a surrogate pair is no character that PostgreSQL could store.
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private static String checked(String text, String what, int lengthMax) {
        if (text.length() > lengthMax) {
            throw new IllegalArgumentException(what + " is longer than " + lengthMax + " characters");
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " contains a NUL character");
        }
        return text;
    }
}
