package io.citygrid.ops;

import io.citygrid.grid.backup.RunProgress;
import io.citygrid.grid.backup.RunRequest;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.grid.client.Tasks;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A backup or a restore, asked for and watched until it has ended. It goes on without whoever watches. */
final class FollowedRun {
    /** Nodes may be busy for a while, and the one that is asked may be lost. */
    private static final Duration SILENT_MAX = Duration.ofMinutes(2);

    private FollowedRun() {}

    /**
     * Has it done.
     *
     * @param told each step as it begins
     * @return why it was not done, and what to do; empty if it was
     * @throws OutcomeUnknown if no node answers any more
     */
    static Optional<String> run(GridClient client, RunRequest request, Consumer<String> told) {
        RunProgress progress = client.run(0, Tasks.BACKUP_RUN, request);
        int seen = tell(progress, 0, told);
        long lastAnswer = System.nanoTime();
        while (!progress.done()) {
            try {
                progress = client.run(0, Tasks.BACKUP_RUN, request.howFar());
                seen = tell(progress, seen, told);
                lastAnswer = System.nanoTime();
            } catch (OutcomeUnknown silent) {
                if (System.nanoTime() - lastAnswer > SILENT_MAX.toNanos()) {
                    throw silent;
                }
            }
        }
        return Optional.ofNullable(progress.failure());
    }

    private static int tell(RunProgress progress, int seen, Consumer<String> told) {
        progress.steps().stream().skip(seen).forEach(told);
        return Math.max(seen, progress.steps().size());
    }
}
