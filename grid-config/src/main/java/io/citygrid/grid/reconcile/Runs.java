package io.citygrid.grid.reconcile;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.grid.RolledBack;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.ignite.Ignite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs of a node, each in a thread of its own and found again by its id. */
public final class Runs {
    private static final Logger log = LoggerFactory.getLogger(Runs.class);

    /** How long an asking client is kept waiting, well below its own patience. */
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(500);

    /** Runs at a time; the others wait for their turn. */
    private static final int THREADS = 2;

    /** Runs that are remembered, so that an answer that was lost can be given again. */
    private static final int REMEMBERED = 200;

    private record Run(LongAdder rows, Future<Object> report) {}

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "fragment-run");
        thread.setDaemon(true);
        return thread;
    });

    private final Map<UUID, Run> runs = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Run> eldest) {
            return size() > REMEMBERED && eldest.getValue().report().isDone();
        }
    };

    private Runs() {}

    /** Those of {@code node}. */
    public static Runs of(Ignite node) {
        return node.cluster().<String, Runs>nodeLocalMap().computeIfAbsent(Runs.class.getName(), unused -> new Runs());
    }

    /**
     * How far the run is; begins it if it is not known.
     *
     * @param work counts rows and answers a report
     * @param failed the report of work that could not be done, for the reason that it is given
     */
    @SuppressWarnings("unchecked")
    public <R> RunState<R> state(UUID runId, Function<LongAdder, R> work, Function<String, R> failed) {
        Run run;
        synchronized (runs) {
            run = runs.computeIfAbsent(runId, unused -> {
                LongAdder rows = new LongAdder();
                return new Run(rows, threads.submit(() -> attempt(work, failed, rows)));
            });
        }
        try {
            R report = (R) run.report().get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return new RunState<>(run.rows().sum(), report);
        } catch (TimeoutException underWay) {
            return new RunState<>(run.rows().sum(), null);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new RunState<>(run.rows().sum(), null);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <R> R attempt(Function<LongAdder, R> work, Function<String, R> failed, LongAdder rows) {
        try {
            return work.apply(rows);
        } catch (DatabaseRefusal | RolledBack notDone) {
            log.info("a run was not done", notDone);
            return failed.apply(String.valueOf(notDone.getMessage()));
        } catch (RuntimeException broken) {
            log.error("a run was not done", broken);
            return failed.apply(String.valueOf(broken.getMessage()));
        }
    }
}
