package io.citygrid.ops;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.whole.WholeAnswer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits until the grid is whole: all nodes there, every copy complete and where it belongs, every fragment selling. */
final class WholeGrid {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration SAY_EVERY = Duration.ofSeconds(10);
    private static final int REASONS_SAID = 5;

    private final GridClient client;
    private final Consumer<String> tell;

    /** @param tell is told now and then what is waited for, in sentences */
    WholeGrid(GridClient client, Consumer<String> tell) {
        this.client = client;
        this.tell = tell;
    }

    /**
     * How it is now.
     *
     * @param without the name of a node that is not expected, or empty
     * @throws OutcomeUnknown if there was no answer in time
     */
    WholeAnswer now(String without) {
        return client.operate(Tasks.WHOLE, without);
    }

    /**
     * Waits until it is whole.
     *
     * @param what more there must be
     * @param waitingFor that, in words, if it is all that is missing
     * @throws NotDone with the reasons if it is not within {@code within}
     */
    WholeAnswer await(Duration within, String without, Predicate<WholeAnswer> what, String waitingFor) {
        long deadline = System.nanoTime() + within.toNanos();
        long sayAt = System.nanoTime() + SAY_EVERY.toNanos();
        String reasons = "no node answered";
        while (true) {
            try {
                WholeAnswer answer = now(without);
                if (answer.whole() && what.test(answer)) {
                    return answer;
                }
                reasons = answer.whole() ? waitingFor : words(answer.reasons());
            } catch (OutcomeUnknown noAnswer) {
                reasons = "the grid does not answer (" + words(noAnswer) + ")";
            }
            if (System.nanoTime() - deadline > 0) {
                throw new NotDone("the grid is not whole after " + within.toSeconds() + " s: " + reasons + ".");
            }
            if (System.nanoTime() - sayAt > 0) {
                tell.accept("waiting: " + reasons);
                sayAt = System.nanoTime() + SAY_EVERY.toNanos();
            }
            pause();
        }
    }

    /** As {@link #await(Duration, String, Predicate, String)}, of all nodes and nothing more. */
    WholeAnswer await(Duration within) {
        return await(within, "", whole -> true, "");
    }

    /** The first reasons, as a part of a sentence. */
    static String words(List<String> reasons) {
        String first = String.join("; ", reasons.subList(0, Math.min(REASONS_SAID, reasons.size())));
        return reasons.size() > REASONS_SAID ? first + "; and " + (reasons.size() - REASONS_SAID) + " more" : first;
    }

    /** Why there was no answer, with what the last node said of it. */
    static String words(OutcomeUnknown noAnswer) {
        @Nullable Throwable cause = noAnswer.getCause();
        String said = cause == null || cause.getMessage() == null
                ? ""
                : ": " + cause.getMessage().lines().findFirst().orElse("");
        return noAnswer.getMessage() + said;
    }

    /** Waits a moment before the next look. */
    static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NotDone("it was interrupted.");
        }
    }
}
