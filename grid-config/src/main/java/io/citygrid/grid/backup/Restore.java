package io.citygrid.grid.backup;

import io.citygrid.durability.Databases;
import io.citygrid.grid.Closing;
import io.citygrid.grid.EveryNode;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.backup.RunRequest.Work;
import io.citygrid.model.status.GridClosing;
import io.citygrid.model.status.GridClosing.State;
import io.citygrid.placement.NodeAttributes;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.disk.DataKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.lang.IgniteFuture;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a backup back: closes the grid, destroys its caches, restores the snapshot, makes grid and PostgreSQL equal, and opens.
 * Until something is destroyed, whatever goes wrong opens the grid again as it was. After that the grid stays closed until a
 * restore has been carried through; each step can be done again.
 */
final class Restore {
    private static final Logger log = LoggerFactory.getLogger(Restore.class);

    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(45);
    private static final Duration COUNTED_WITHIN = Duration.ofSeconds(10);
    private static final Duration FOLDERS_WITHIN = Duration.ofMinutes(2);
    private static final Duration SNAPSHOT_WITHIN = Duration.ofHours(2);

    private final Ignite node;
    private final Databases databases;
    private final Steps steps;
    private boolean complete;
    private boolean destroyed;

    Restore(Ignite node, Databases databases, Steps steps) {
        this.node = node;
        this.databases = databases;
        this.steps = steps;
    }

    /**
     * Does it.
     *
     * @throws NotPossible if nothing was changed, or the restore has to be run again; the message says which
     */
    void run(RunRequest request) {
        Manifest manifest = manifest(node, request);
        String what = request.name() + (request.increment() == 0 ? "" : ", increment " + request.increment());
        steps.next("checking the backup " + what);
        new RestoreCheck(node, databases, request.name(), request.increment()).require(manifest);
        SnapshotCheck.require(node, request.name(), request.increment());
        String message = "the grid is closed while the backup " + what + " is brought back";
        carriedThrough(request, message, door -> {
            door.awaitNoBackgroundWork();
            destroy(door, message);
            steps.next("restoring the snapshot on "
                    + node.cluster().forServers().nodes().size() + " nodes");
            restore(request);
            settle(request, manifest, door, message);
        });
    }

    /** Opens a grid that was left without rows, to be filled from PostgreSQL. */
    void abandon(RunRequest request) {
        GridClosing closing = Closing.of(node)
                .filter(known -> known.state() != State.OPEN)
                .orElseThrow(() -> new NotPossible("The grid is open: there is no restore to give up."));
        String message = "the grid is being opened empty, because a restore was given up";
        if (!closing.destroyed()) {
            new GridDoor(node, request.runId()).say(State.OPEN, "", false, false);
            steps.next("nothing had been destroyed: the grid is open as it was");
            return;
        }
        RestoreCheck.requireNodes(node);
        carriedThrough(request, message, door -> {
            door.awaitNoBackgroundWork();
            destroy(door, message);
            steps.next("making empty caches: fill them with ./pos load warm");
            createCaches(node);
        });
    }

    private static void createCaches(Ignite node) {
        SurvivalGoal goal = SurvivalGoal.of(
                Objects.requireNonNull(node.cluster().localNode().<String>attribute(NodeAttributes.SURVIVAL_GOAL)));
        Collection<String> there = node.cacheNames();
        node.createCaches(List.of(GridCaches.configurations(goal, DataKey.isUsedBy(node.configuration()))).stream()
                .filter(configuration -> restored(configuration.getName()) && !there.contains(configuration.getName()))
                .map(configuration -> (CacheConfiguration<?, ?>) configuration)
                .map(CacheConfiguration.class::cast)
                .toList());
    }

    private interface Part {
        void run(GridDoor door);
    }

    private void carriedThrough(RunRequest request, String message, Part part) {
        Optional<GridClosing> before = Closing.of(node).filter(closing -> closing.state() != State.OPEN);
        destroyed = before.filter(GridClosing::destroyed).isPresent();
        complete = before.filter(GridClosing::destroyed)
                .filter(GridClosing::postgresComplete)
                .isPresent();
        GridDoor door = new GridDoor(node, request.runId());
        try {
            if (!destroyed) {
                closeForSales(request, door, message);
            }
            door.say(State.CLOSED, message, complete, destroyed);
            steps.next("stopping what runs in the background");
            part.run(door);
            open(door);
        } catch (RuntimeException failed) {
            throw stopped(request, door, failed);
        }
    }

    private NotPossible stopped(RunRequest request, GridDoor door, RuntimeException failed) {
        String why = failed instanceof NotPossible ? String.valueOf(failed.getMessage()) : Words.of(failed) + ".";
        if (!destroyed) {
            String open =
                    trySaying(() -> door.say(State.OPEN, "", false, false)) ? "is open again." : "opens in a moment.";
            return new NotPossible(why + " Nothing was changed, and the grid " + open, failed);
        }
        String message = (request.work() == Work.ABANDON ? "giving up a restore" : "a restore of " + request.name())
                + " has stopped in the middle and the grid stays closed: run ./pos ops restore again";
        trySaying(() -> door.say(State.STOPPED, message, complete, true));
        return new NotPossible(
                why
                        + " The grid stays closed. When all nodes are there, run the same command again, or restore another"
                        + " backup; with no backup that"
                        + " can be used, run ./pos ops restore --abandon and then ./pos load warm.",
                failed);
    }

    /** What cannot be said now says {@link #lookAfterAbandoned} later; why the restore failed must not be lost over it. */
    private static boolean trySaying(Runnable saying) {
        try {
            saying.run();
            return true;
        } catch (RuntimeException unsaid) {
            log.warn("the nodes could not be told yet how the restore ended", unsaid);
            return false;
        }
    }

    /** With sales stopped, PostgreSQL is told what it has not been told yet. */
    private void closeForSales(RunRequest request, GridDoor door, String message) {
        steps.next("stopping sales");
        door.say(State.NO_SALES, message, false, false);
        door.awaitNoTransactions();
        boolean hasCaches = node.cacheNames().contains(GridCaches.OUTBOX.name());
        long waiting = hasCaches ? drain() : 0;
        if (waiting > 0 && request.work() == Work.ROLL_FORWARD) {
            throw new NotPossible(waiting
                    + " changes wait for PostgreSQL, which does not take them: they would be lost. /grid and"
                    + " the replication log say why.");
        }
        complete = hasCaches && waiting == 0 && count(GridCaches.STORES) > 0;
    }

    private long drain() {
        steps.next("telling PostgreSQL what waits for it");
        long deadline = System.nanoTime() + DRAINED_WITHIN.toNanos();
        long waiting = count(GridCaches.OUTBOX);
        while (waiting > 0 && System.nanoTime() - deadline < 0) {
            GridDoor.pause();
            waiting = count(GridCaches.OUTBOX);
        }
        return waiting;
    }

    private long count(GridCache<?, ?> cache) {
        return cache.on(node)
                .sizeLongAsync(CachePeekMode.PRIMARY)
                .get(COUNTED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void destroy(GridDoor door, String message) {
        // Checking the backup may have taken an hour, and whoever went meanwhile would come back with old rows.
        RestoreCheck.requireNodes(node);
        steps.next("destroying the caches");
        destroyed = true;
        door.say(State.CLOSED, message, complete, true);
        node.destroyCaches(node.cacheNames().stream().filter(Restore::restored).toList());
        steps.next("waiting until their folders are gone");
        long deadline = System.nanoTime() + FOLDERS_WITHIN.toNanos();
        while (!foldersAreGone()) {
            if (System.nanoTime() - deadline > 0) {
                throw new NotPossible("The destroyed caches' folders are not empty after " + FOLDERS_WITHIN.toMinutes()
                        + " minutes: look at db/NODE/cacheGroup-city and cacheGroup-reference in the nodes' folders.");
            }
            GridDoor.pause();
        }
    }

    private static boolean restored(String cache) {
        return GridCaches.ALL.stream().anyMatch(known -> known.name().equals(cache) && GridCaches.isRestored(known));
    }

    private boolean foldersAreGone() {
        EveryNode.Answers<Boolean> answers = EveryNode.ask(node, new FoldersGone(), COUNTED_WITHIN);
        return answers.silent().isEmpty() && answers.byNode().values().stream().allMatch(gone -> gone);
    }

    private void restore(RunRequest request) {
        IgniteFuture<Void> restored = request.increment() == 0
                ? node.snapshot().restoreSnapshot(request.name(), GridCaches.RESTORED_GROUPS)
                : node.snapshot().restoreSnapshot(request.name(), GridCaches.RESTORED_GROUPS, request.increment());
        try {
            restored.get(SNAPSHOT_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IgniteException failed) {
            throw new NotPossible("Ignite did not restore the snapshot: " + Words.of(failed) + ".", failed);
        }
    }

    private void settle(RunRequest request, Manifest manifest, GridDoor door, String message) {
        Settlement settlement = new Settlement(node, databases);
        if (request.work() == Work.ROLL_FORWARD) {
            steps.next("rolling forward: the grid takes over what PostgreSQL has");
            long changed = settlement.grid(complete);
            steps.next(changed + " rows of the grid are PostgreSQL's now");
        } else {
            steps.next("rolling back: PostgreSQL takes over what the snapshot has");
            // From here on it lacks what was sold since, whatever becomes of this restore.
            complete = false;
            door.say(State.CLOSED, message, false, true);
            long changed = settlement.postgres();
            steps.next(changed + " rows of PostgreSQL are the snapshot's now; warehouse and replication log follow");
            settlement.centralHistory(
                    manifest.point(request.increment()).orElseThrow().begun());
        }
    }

    /** Every fragment is compared with PostgreSQL once more before it sells, as after a start. */
    private void open(GridDoor door) {
        GridDoor.patiently(() -> GridCaches.FRAGMENT_OPENINGS.on(node).removeAll());
        door.say(State.OPEN, "", false, false);
        steps.next("opened: every city fragment is compared with PostgreSQL once more and sells");
    }

    /** @throws NotPossible if nobody knows such a backup */
    static Manifest manifest(Ignite node, RunRequest request) {
        Optional<Manifest> found = request.folder() == null
                ? BackupsTask.of(node).backups().stream()
                        .filter(backup -> backup.name().equals(request.name()))
                        .map(KnownBackup::manifest)
                        .findFirst()
                : new BackupFolder(Path.of(request.folder())).manifest(request.name());
        return found.orElseThrow(() -> new NotPossible("There is no backup " + request.name()
                + ": ./pos ops backups lists what there is. One that was made with --to needs --from DIR."));
    }

    /**
     * Whoever ran a restore may have died, or broken off without a word: if nothing was destroyed the grid opens, else it says that
     * it waits for a person. To be called while this node carries out none.
     */
    static void lookAfterAbandoned(Ignite node) {
        Optional<GridClosing> known = Closing.of(node)
                .filter(closing -> closing.state() == State.NO_SALES || closing.state() == State.CLOSED)
                .filter(closing -> node.cluster().node(closing.nodeId()) == null
                        || closing.nodeId().equals(node.cluster().localNode().id()));
        known.ifPresent(closing -> {
            GridDoor door = new GridDoor(node, closing.runId());
            if (closing.destroyed()) {
                log.error(
                        "the node that brought a backup back has left off: the grid stays closed until a restore is run again");
                door.sayOnce(
                        State.STOPPED,
                        "the node that brought a backup back has left off and the grid stays closed: start the nodes that are away, and"
                                + " run ./pos ops restore again",
                        closing.postgresComplete(),
                        true);
            } else {
                log.warn("the node that was about to bring a backup back has left off: the grid is open as it was");
                door.sayOnce(State.OPEN, "", false, false);
            }
        });
        Closing.of(node)
                .filter(closing -> closing.state() == State.STOPPED && closing.destroyed())
                .ifPresent(closing -> letNodesComeBack(node));
    }

    /**
     * A node that died while caches were destroyed or restored still has files of theirs, and Ignite lets no node in that has caches
     * which the cluster lacks. So they are made, empty; the next restore destroys them again.
     */
    private static void letNodesComeBack(Ignite node) {
        boolean lacking = GridCaches.ALL.stream()
                .anyMatch(known ->
                        GridCaches.isRestored(known) && !node.cacheNames().contains(known.name()));
        if (lacking) {
            log.warn("caches are made empty, so that nodes that died during the restore can come back");
            createCaches(node);
        }
    }

    private static final class FoldersGone implements IgniteCallable<Boolean> {
        private static final long serialVersionUID = 1L;

        @IgniteInstanceResource
        private transient Ignite node;

        @Override
        public Boolean call() {
            return new SnapshotFolder(node).destroyed();
        }
    }
}
