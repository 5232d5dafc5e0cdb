package io.citygrid.launch;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** What the user sees while a role starts and stops: short lines with the seconds since its beginning. */
public final class Console {
    private final PrintWriter out;
    private final long begunNanos = System.nanoTime();

    public Console(PrintWriter out) {
        this.out = out;
    }

    /** One line of progress. */
    public void say(String line) {
        out.println(String.format(Locale.ROOT, "[%5.1f s] %s", sinceBegin().toMillis() / 1000.0, line));
        out.flush();
    }

    /** Lines as they are. */
    public void show(String lines) {
        out.println(lines);
        out.flush();
    }

    public Duration sinceBegin() {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }
}
