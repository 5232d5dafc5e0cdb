package io.citygrid.grid.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a run is. */
public final class RunProgress {
    private final List<String> steps;
    private final boolean done;
    private final @Nullable String failure;

    RunProgress(List<String> steps, boolean done, @Nullable String failure) {
        this.steps = List.copyOf(steps);
        this.done = done;
        this.failure = failure;
    }

    /** What it has come to, a line each; the last is under way unless the run is done. */
    public List<String> steps() {
        return steps;
    }

    /** Whether it has ended. */
    public boolean done() {
        return done;
    }

    /** Why it ended before its time, and what to do, in sentences; {@code null} if it did not. */
    public @Nullable String failure() {
        return failure;
    }
}
