package io.citygrid.grid.backup;

import io.citygrid.grid.Closing;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.backup.RunRequest.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cluster.ClusterState;

/**
 * When a backup is due by the settings. It goes by what lies in the folder of backups and not by what this node remembers: a node
 * that becomes the oldest, or starts again, goes on where another was.
 */
final class BackupSchedule {
    /** After one that was not made. */
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

    private static final Duration COUNTED_WITHIN = Duration.ofSeconds(5);

    private final BackupSettings settings;
    private final BackupFolder folder;
    private Instant tried = Instant.EPOCH;

    BackupSchedule(BackupSettings settings, BackupFolder folder) {
        this.settings = settings;
        this.folder = folder;
    }

    /** What is to be made now, if anything. */
    Optional<Work> due(Ignite node) {
        if (settings.every().isZero()
                || node.cluster().state() != ClusterState.ACTIVE
                || Closing.hindering(node).isPresent()
                || isEmpty(node)) {
            return Optional.empty();
        }
        return due(folder.manifests(), lastTry(), Instant.now());
    }

    /** The first backup is not to be one of a grid that is still being filled. */
    private static boolean isEmpty(Ignite node) {
        return GridCaches.STORES
                        .on(node)
                        .sizeLongAsync(CachePeekMode.PRIMARY)
                        .get(COUNTED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                == 0;
    }

    /**
     * @param manifests oldest first
     * @param lastTry when one was begun by this node
     */
    Optional<Work> due(List<Manifest> manifests, Instant lastTry, Instant now) {
        List<Manifest> complete = manifests.stream().filter(Manifest::complete).toList();
        Duration pause = settings.every().compareTo(AGAIN_AFTER) < 0 ? settings.every() : AGAIN_AFTER;
        boolean triedInVain =
                complete.isEmpty() || complete.get(complete.size() - 1).newest().isBefore(lastTry);
        if (triedInVain && lastTry.plus(pause).isAfter(now)) {
            return Optional.empty();
        }
        if (complete.isEmpty()) {
            return Optional.of(Work.BACKUP);
        }
        Manifest newest = complete.get(complete.size() - 1);
        if (!newest.begun().plus(settings.every()).isAfter(now)) {
            return Optional.of(Work.BACKUP);
        }
        boolean increment = !settings.incrementEvery().isZero()
                && !newest.newest().plus(settings.incrementEvery()).isAfter(now);
        return increment ? Optional.of(Work.INCREMENT) : Optional.empty();
    }

    private synchronized Instant lastTry() {
        return tried;
    }

    /** A backup was made, or not. */
    synchronized void tried() {
        tried = Instant.now();
    }
}
