package io.citygrid.load.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Prints progress: on a terminal as one line that is rewritten, elsewhere (a log file, a pipe) as a new line every few seconds.
 */
public final class PrintedProgress implements Progress {
    /** Problems that are printed; the rest is in the summary's numbers. */
    static final int PROBLEMS_MAX = 50;

    private static final long REWRITE_NANOS = Duration.ofMillis(100).toNanos();
    private static final long PRINT_NANOS = Duration.ofSeconds(3).toNanos();

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private String what = "";
    private long total;
    private long count;
    private long printedAt;
    private int shownLength;
    private int problems;

    /**
     * @param terminal whether {@code out} understands a carriage return
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    public PrintedProgress(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    /** On standard error, so that what is printed as the result can be redirected by itself. */
    public static PrintedProgress ofProcess() {
        return new PrintedProgress(System.err, System.console() != null, System::nanoTime);
    }

    @Override
    public synchronized void start(String work, long workTotal) {
        what = work;
        total = workTotal;
        count = 0;
        printedAt = nanoTime.getAsLong();
        if (terminal) {
            rewrite();
        }
    }

    @Override
    public synchronized void advance(long steps) {
        count += steps;
        long now = nanoTime.getAsLong();
        if (now - printedAt >= (terminal ? REWRITE_NANOS : PRINT_NANOS)) {
            printedAt = now;
            if (terminal) {
                rewrite();
            } else {
                out.println(line());
            }
        }
    }

    @Override
    public synchronized void done() {
        if (what.isEmpty()) {
            return;
        }
        if (terminal) {
            rewrite();
            out.println();
            shownLength = 0;
        } else {
            out.println(line());
        }
        what = "";
    }

    @Override
    public synchronized void problem(String sentence) {
        problems++;
        if (problems > PROBLEMS_MAX + 1) {
            return;
        }
        if (shownLength > 0) {
            out.print("\r" + " ".repeat(shownLength) + "\r");
        }
        out.println(problems <= PROBLEMS_MAX ? "! " + sentence : "! … and more, counted in the summary");
        if (shownLength > 0) {
            rewrite();
        }
    }

    private String line() {
        long percent = total == 0 ? 100 : 100 * count / total;
        return String.format(Locale.ROOT, "%-18s %,10d of %,d (%d %%)", what, count, total, percent);
    }

    private void rewrite() {
        String line = line();
        out.print("\r" + line + " ".repeat(Math.max(0, shownLength - line.length())));
        out.flush();
        shownLength = line.length();
    }
}
