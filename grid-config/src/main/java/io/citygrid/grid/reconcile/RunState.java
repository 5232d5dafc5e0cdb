package io.citygrid.grid.reconcile;

import org.jspecify.annotations.Nullable;

/** How far a {@link FragmentRun} is. */
public final class RunState {
    private final long rows;
    private final @Nullable FragmentReport report;

    RunState(long rows, @Nullable FragmentReport report) {
        this.rows = rows;
        this.report = report;
    }

    /** Rows looked at or written so far. */
    public long rows() {
        return rows;
    }

    /** What it came to; {@code null} while it is under way. */
    public @Nullable FragmentReport report() {
        return report;
    }
}
