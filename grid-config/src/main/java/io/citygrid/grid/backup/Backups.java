package io.citygrid.grid.backup;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.Databases;
import io.citygrid.grid.backup.RunRequest.Work;
import io.citygrid.grid.outbox.Rounds;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's part in backups: it makes them and brings them back while it is the oldest, one at a time, and has a folder for them. */
public final class Backups implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Backups.class);

    /** How long an asking client is kept waiting, well below its own patience. */
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(500);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /** Runs that are remembered, so that an answer that was lost can be given again. */
    private static final int REMEMBERED = 50;

    private final Ignite node;
    private final Databases databases;
    private final BackupSettings settings;
    private final BackupFolder folder;
    private final BackupSchedule schedule;
    private final Rounds rounds;
    private final ExecutorService thread;
    private @Nullable Run underWay;

    private record Run(Work work, Steps steps, Future<Optional<String>> failure) {}

    private final Map<UUID, Run> runs = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Run> eldest) {
            return size() > REMEMBERED && eldest.getValue().failure().isDone();
        }
    };

    public Backups(Ignite node, Databases databases, BackupSettings settings) {
        this.node = node;
        this.databases = databases;
        this.settings = settings;
        this.folder = new BackupFolder(settings.directory());
        this.schedule = new BackupSchedule(settings, folder);
        this.rounds = new Rounds("backups-" + node.name(), LOOK_EVERY, this::round);
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread own = new Thread(work, "backup-" + node.name());
            own.setDaemon(true);
            return own;
        });
    }

    /**
     * That of a node of this process.
     *
     * @throws IllegalStateException while the node starts or stops
     */
    static Backups of(Ignite node) {
        Backups own = node.cluster().<String, Backups>nodeLocalMap().get(Backups.class.getName());
        if (own == null) {
            throw new IllegalStateException("node " + node.name() + " is not ready for backups");
        }
        return own;
    }

    public void start() {
        node.cluster().<String, Backups>nodeLocalMap().put(Backups.class.getName(), this);
        rounds.start();
    }

    BackupFolder folder() {
        return folder;
    }

    /** When the newest state was begun that lies whole in this node's folder; empty if there is none. */
    public static Optional<Instant> newest(Ignite node) {
        return of(node).folder().manifests().stream()
                .flatMap(manifest -> manifest.points().stream())
                .filter(Manifest.Point::complete)
                .map(Manifest.Point::begun)
                .max(Comparator.naturalOrder());
    }

    /** How often a backup is to be made; zero if only on demand. */
    public static Duration every(Ignite node) {
        return of(node).settings.every();
    }

    private boolean round() {
        if (!OldestNode.isLocal(node)) {
            return true;
        }
        lookAfterAbandoned();
        if (underWay() == null) {
            schedule.due(node).ifPresent(work -> progress(RunRequest.begin(work, "", 0, null)));
        }
        return true;
    }

    /** None begins meanwhile. */
    private synchronized void lookAfterAbandoned() {
        if (underWay() == null) {
            Restore.lookAfterAbandoned(node);
        }
    }

    /** What a restore would do. */
    RestorePlan plan(RunRequest request) {
        Optional<String> busy = busy();
        if (busy.isPresent()) {
            return RestorePlan.refused(busy.get());
        }
        return new RestorePlanning(node, databases).plan(request);
    }

    private synchronized @Nullable Run underWay() {
        Run run = underWay;
        return run == null || run.failure().isDone() ? null : run;
    }

    /** How far the run is; begins it, or says why not. */
    RunProgress progress(RunRequest request) {
        Run run;
        synchronized (this) {
            run = runs.get(request.runId());
            if (run == null) {
                Optional<String> refusal = refusal(request);
                if (refusal.isPresent()) {
                    return new RunProgress(List.of(), true, refusal.get());
                }
                run = begin(request);
                runs.put(request.runId(), run);
                underWay = run;
            }
        }
        return of(run);
    }

    private Optional<String> refusal(RunRequest request) {
        if (!request.isToBegin()) {
            return Optional.of("The node that did it is gone. "
                    + (request.work().closes()
                            ? "Start it again. If ./pos ops backups then says that the grid is closed, run the same restore once more;"
                                    + " else it had been done, or had changed nothing."
                            : "See ./pos ops backups for what it left, and make another backup."));
        }
        return busy();
    }

    private Optional<String> busy() {
        Run busy = underWay();
        if (busy == null) {
            return Optional.empty();
        }
        return Optional.of((busy.work().closes() ? "A restore" : "A backup") + " is under way on this grid ("
                + String.join("; ", busy.steps().all()) + "). Wait until it has ended.");
    }

    private Run begin(RunRequest request) {
        Steps steps = new Steps(request.work().closes() ? "restore" : "backup");
        return new Run(request.work(), steps, thread.submit(() -> attempt(request, steps)));
    }

    private Optional<String> attempt(RunRequest request, Steps steps) {
        BackupFolder chosen = request.folder() == null ? folder : new BackupFolder(Path.of(request.folder()));
        try {
            switch (request.work()) {
                case BACKUP -> new Backup(node, databases, chosen, steps).full(request.name());
                case INCREMENT -> new Backup(node, databases, chosen, steps).increment(request.name());
                case ROLL_FORWARD, ROLL_BACK -> new Restore(node, databases, steps).run(request);
                case ABANDON -> new Restore(node, databases, steps).abandon(request);
            }
            if (request.work() == Work.BACKUP && !settings.every().isZero()) {
                new Pruning(node, folder).keep(settings.keep(), steps);
            }
            return Optional.empty();
        } catch (NotPossible refused) {
            log.warn("{}: {}", request.work(), refused.getMessage());
            return Optional.of(String.valueOf(refused.getMessage()));
        } catch (DatabaseRefusal | UncheckedIOException failed) {
            log.warn("{} failed", request.work(), failed);
            return Optional.of(Words.of(failed) + ".");
        } catch (RuntimeException failed) {
            log.error("{} failed", request.work(), failed);
            return Optional.of(
                    Words.of(failed) + ". The nodes' logs say more; when that is mended, run the same command again.");
        } finally {
            schedule.tried();
        }
    }

    private static RunProgress of(Run run) {
        try {
            Optional<String> failure = run.failure().get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return new RunProgress(run.steps().all(), true, failure.orElse(null));
        } catch (TimeoutException underWay) {
            return new RunProgress(run.steps().all(), false, null);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new RunProgress(run.steps().all(), false, null);
        } catch (ExecutionException broken) {
            return new RunProgress(run.steps().all(), true, Words.of(broken) + ".");
        }
    }

    /** A run that is under way is left to itself: the grid tells where it stopped. */
    @Override
    public void close() {
        node.cluster().<String, Backups>nodeLocalMap().remove(Backups.class.getName());
        rounds.close();
        thread.shutdownNow();
    }
}
