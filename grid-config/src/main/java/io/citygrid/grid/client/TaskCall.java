package io.citygrid.grid.client;

import io.citygrid.security.plugin.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.ignite.client.IgniteClient;
import org.jspecify.annotations.Nullable;

/**
 * A task that may be run again with the same argument, at one node after the other, until it is answered.
 *
 * @param fragment whose nodes are asked first; 0 for none in particular
 * @param tryWithin how long to wait for one try
 * @param rolledBack answers that ask for another try: nothing was done
 * @param notDone answers that say that nothing was done. They hold for their own try alone: an earlier try that was never
 *     answered may still be carried out, and then the outcome is unknown
 * @param inDoubt those answers of {@code rolledBack} that do not rule out that it was done
 */
record TaskCall<T, R>(
        int fragment,
        String task,
        T argument,
        Duration tryWithin,
        Predicate<Object> rolledBack,
        Predicate<Object> notDone,
        Predicate<Object> inDoubt) {
    private static final Duration PAUSE_BETWEEN_TRIES = Duration.ofMillis(50);

    /** A call that is answered as soon as a node answers. */
    static <T, R> TaskCall<T, R> of(int fragment, String task, T argument, Duration tryWithin) {
        return new TaskCall<>(fragment, task, argument, tryWithin, answer -> false, answer -> false, answer -> false);
    }

    /**
     * Runs the task until it is answered.
     *
     * @throws OutcomeUnknown if it was not in time
     * @throws NotAllowed if the grid does not let this user in, or do this
     */
    R run(GridConnections connections, Duration answerWithin) {
        long deadline = System.nanoTime() + answerWithin.toNanos();
        @Nullable Throwable unanswered = null;
        @Nullable R lastRollback = null;
        boolean maybeDone = false;
        for (int attempt = 0; System.nanoTime() - deadline < 0; attempt++) {
            List<NodeConnection> candidates = connections.candidates(fragment);
            NodeConnection connection = candidates.isEmpty() ? null : candidates.get(attempt % candidates.size());
            IgniteClient client = connection == null ? null : connection.commands();
            if (connection != null && client != null) {
                try {
                    R answer = ask(client, deadline);
                    if (maybeDone && notDone.test(answer) && !rolledBack.test(answer)) {
                        break;
                    }
                    if (!rolledBack.test(answer)) {
                        return answer;
                    }
                    lastRollback = answer;
                    maybeDone |= inDoubt.test(answer);
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                    throw new OutcomeUnknown("interrupted while waiting for " + task, stopping);
                } catch (Exception noAnswer) {
                    String refusal = Refusal.in(noAnswer);
                    if (refusal != null) {
                        throw new NotAllowed(refusal);
                    }
                    unanswered = noAnswer;
                    maybeDone = true;
                    connections.suspect(connection, noAnswer);
                }
            }
            connections.requireLogin();
            Optional<String> refusal = connections.refusal();
            if (refusal.isPresent() && !maybeDone) {
                throw new OutcomeUnknown("no node lets this program in: " + refusal.get(), null);
            }
            pause();
        }
        if (lastRollback != null && !maybeDone) {
            return lastRollback;
        }
        throw new OutcomeUnknown(
                maybeDone ? "no answer from the grid in time" : "no node of the grid is connected", unanswered);
    }

    private R ask(IgniteClient client, long deadline) throws Exception {
        long left = Math.min(tryWithin.toNanos(), deadline - System.nanoTime());
        return client.compute()
                .<T, R>executeAsync2(task, argument)
                .get(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)), TimeUnit.MILLISECONDS);
    }

    /** Waits a moment before the next try. */
    static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE_BETWEEN_TRIES.toNanos());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknown("interrupted between two tries", stopping);
        }
    }
}
