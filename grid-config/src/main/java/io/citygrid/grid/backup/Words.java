package io.citygrid.grid.backup;

import org.jspecify.annotations.Nullable;

/** What Ignite says, in one line. */
final class Words {
    private static final int LENGTH_MAX = 400;

    private Words() {}

    /** The first line of the innermost message, without a full stop. */
    static String of(Throwable thrown) {
        String words = String.valueOf(thrown.getMessage());
        for (@Nullable Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                words = cause.getMessage();
            }
        }
        String line = words.lines().findFirst().orElse("no reason given").strip();
        line = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
        return line.length() > LENGTH_MAX ? line.substring(0, LENGTH_MAX) + "…" : line;
    }
}
