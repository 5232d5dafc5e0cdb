package io.citygrid.grid.backup;

import io.citygrid.grid.BackgroundWork;
import io.citygrid.grid.Closing;
import io.citygrid.grid.EveryNode;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.model.Moments;
import io.citygrid.model.Texts;
import io.citygrid.model.status.GridClosing;
import io.citygrid.model.status.GridClosing.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the grid for a restore and opens it again, and waits until nobody works any more who began before. */
final class GridDoor {
    private static final int MESSAGE_MAX = 1_000;
    private static final Duration SALES_WITHIN = Duration.ofSeconds(20);
    private static final Duration FEEDS_WITHIN = Duration.ofSeconds(90);
    private static final Duration MORE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 100;

    private static final Logger log = LoggerFactory.getLogger(GridDoor.class);

    private final Ignite node;
    private final UUID runId;

    GridDoor(Ignite node, UUID runId) {
        this.node = node;
        this.runId = runId;
    }

    /** As {@link #sayOnce}, but tries again for a minute while nodes that come and go hold the row up. */
    void say(State state, String message, boolean postgresComplete, boolean destroyed) {
        patiently(() -> sayOnce(state, message, postgresComplete, destroyed));
    }

    /** Does what may be done twice, again and again for a minute as long as Ignite rolls it back. */
    static void patiently(Runnable change) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                change.run();
                return;
            } catch (RuntimeException failed) {
                if (RolledBack.in(failed).isEmpty() || System.nanoTime() - deadline > 0) {
                    throw failed;
                }
                log.warn("not written yet, and tried again: {}", Words.of(failed));
                pause();
            }
        }
    }

    /** Between two looks at what others have to do first. */
    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NotPossible("The node was stopped.", stopping);
        }
    }

    /** Says it to all nodes; each has it, on its disk too, when this returns. */
    void sayOnce(State state, String message, boolean postgresComplete, boolean destroyed) {
        GridCaches.GRID_CLOSINGS
                .on(node)
                .put(
                        Closing.KEY,
                        new GridClosing(
                                state,
                                Texts.cut(message, MESSAGE_MAX),
                                runId,
                                node.cluster().localNode().id(),
                                postgresComplete,
                                destroyed,
                                Moments.now()));
    }

    /** @throws NotPossible if a grid transaction does not end, or a node does not answer */
    void awaitNoTransactions() {
        require(
                EveryNode.ask(node, new NoTransactions(SALES_WITHIN.toMillis()), SALES_WITHIN.plus(MORE)),
                "sales under way did not end");
    }

    /** @throws NotPossible if a feed does not pause, or a node does not answer */
    void awaitNoBackgroundWork() {
        require(
                EveryNode.ask(node, new NoBackgroundWork(FEEDS_WITHIN.toMillis()), FEEDS_WITHIN.plus(MORE)),
                "background work did not end");
    }

    private static void require(EveryNode.Answers<Boolean> answers, String what) {
        List<String> not = answers.byNode().entrySet().stream()
                .filter(answer -> !answer.getValue())
                .map(Map.Entry::getKey)
                .toList();
        if (!not.isEmpty()) {
            throw new NotPossible("On " + String.join(", ", not) + " " + what + " in time. Try again.");
        }
        if (!answers.silent().isEmpty()) {
            throw new NotPossible("No answer from " + String.join(", ", answers.silent()) + ". Try again.");
        }
    }

    private static final class NoTransactions implements IgniteCallable<Boolean> {
        private static final long serialVersionUID = 1L;
        private static final long LOOK_EVERY_MILLIS = 20;

        private final long millis;

        @IgniteInstanceResource
        private transient Ignite node;

        NoTransactions(long millis) {
            this.millis = millis;
        }

        @Override
        public Boolean call() throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (!node.transactions().localActiveTransactions().isEmpty()) {
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
            return Closing.of(node).isPresent();
        }
    }

    private static final class NoBackgroundWork implements IgniteCallable<Boolean> {
        private static final long serialVersionUID = 1L;

        private final long millis;

        @IgniteInstanceResource
        private transient Ignite node;

        NoBackgroundWork(long millis) {
            this.millis = millis;
        }

        @Override
        public Boolean call() {
            return BackgroundWork.of(node).awaitIdle(Duration.ofMillis(millis));
        }
    }
}
