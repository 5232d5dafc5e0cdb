package io.citygrid.grid.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * How far a {@link FragmentRun} is.
 *
 * @param <R> what it comes to
 */
public final class RunState<R> {
    private final long rows;
    private final @Nullable R report;

    RunState(long rows, @Nullable R report) {
        this.rows = rows;
        this.report = report;
    }

    /** Rows looked at or written so far. */
    public long rows() {
        return rows;
    }

    /** What it came to; {@code null} while it is under way. */
    public @Nullable R report() {
        return report;
    }
}
