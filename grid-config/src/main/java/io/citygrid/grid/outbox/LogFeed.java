package io.citygrid.grid.outbox;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.Databases;
import io.citygrid.durability.PgReplicationLog;
import io.citygrid.grid.BackgroundWork;
import io.citygrid.grid.GridCaches;
import io.citygrid.model.outbox.ReplicationLogEntry;
import io.citygrid.model.outbox.ReplicationLogKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the replication log to the central database, a second or so behind everything else, and trims it there and here. Each
 * node brings the rows of the fragments of which it is the primary. Rows never change and a row that is brought again does no
 * harm, so a node that takes a fragment over begins with all its rows.
 */
public final class LogFeed implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogFeed.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long LOOK_AT_ALL_AFTER_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int BATCHES_MAX = 20;

    private final Ignite node;
    private final Databases databases;
    private final PgReplicationLog central;
    private final ReplicationLog replicationLog;
    private final LogTrim trim;
    private final Rounds rounds;
    private final Set<ReplicationLogKey> arrived = new HashSet<>();
    private final AtomicLong delivered = new AtomicLong();
    private long lookedAtAllNanos = System.nanoTime() - LOOK_AT_ALL_AFTER_NANOS;
    private volatile long waiting;

    public LogFeed(Ignite node, Databases databases, ReplicationLog replicationLog) {
        this.node = node;
        this.databases = databases;
        this.central = new PgReplicationLog(databases);
        this.replicationLog = replicationLog;
        this.trim = new LogTrim(node, central);
        this.rounds = new Rounds("log-feed-" + node.name(), PAUSE, () -> BackgroundWork.of(node)
                .unlessClosed(arrived::clear, this::round));
    }

    public void start() {
        rounds.start();
    }

    /** Has a round now; done when it has ended. */
    public Future<?> retryNow() {
        return rounds.now();
    }

    /** Rows of this node's fragments that had not arrived when they were counted last, about a second ago. */
    public long waiting() {
        return waiting;
    }

    /** Rows that this node has brought since it started. */
    public long delivered() {
        return delivered.get();
    }

    private boolean round() {
        boolean well = nothingNew() || bringMissing();
        trim.whenItIsTime(arrived);
        return well;
    }

    private boolean bringMissing() {
        TreeMap<ReplicationLogKey, ReplicationLogEntry> rows = missing();
        waiting = rows.size();
        for (int batch = 0; batch < BATCHES_MAX && !rows.isEmpty(); batch++) {
            if (!bring(next(rows))) {
                return false;
            }
            waiting = rows.size();
        }
        return true;
    }

    /** Whether as many rows are here as have arrived; all are looked at now and then, since fragments come and go. */
    private boolean nothingNew() {
        return GridCaches.REPLICATION_LOG.on(node).localSizeLong(CachePeekMode.PRIMARY) == arrived.size()
                && System.nanoTime() - lookedAtAllNanos < LOOK_AT_ALL_AFTER_NANOS;
    }

    /** What has not arrived, oldest first. */
    private TreeMap<ReplicationLogKey, ReplicationLogEntry> missing() {
        TreeMap<ReplicationLogKey, ReplicationLogEntry> missing =
                new TreeMap<>(Comparator.comparingLong(ReplicationLogKey::id));
        Set<ReplicationLogKey> here = new HashSet<>();
        for (Cache.Entry<ReplicationLogKey, ReplicationLogEntry> row :
                GridCaches.REPLICATION_LOG.on(node).localEntries(CachePeekMode.PRIMARY)) {
            here.add(row.getKey());
            if (!arrived.contains(row.getKey())) {
                missing.put(row.getKey(), row.getValue());
            }
        }
        arrived.retainAll(here);
        lookedAtAllNanos = System.nanoTime();
        return missing;
    }

    private static TreeMap<ReplicationLogKey, ReplicationLogEntry> next(
            TreeMap<ReplicationLogKey, ReplicationLogEntry> rows) {
        TreeMap<ReplicationLogKey, ReplicationLogEntry> batch = new TreeMap<>();
        Iterator<Map.Entry<ReplicationLogKey, ReplicationLogEntry>> oldest =
                rows.entrySet().iterator();
        while (oldest.hasNext() && batch.size() < Rounds.BATCH_MAX) {
            Map.Entry<ReplicationLogKey, ReplicationLogEntry> row = oldest.next();
            batch.put(row.getKey(), row.getValue());
            oldest.remove();
        }
        return batch;
    }

    /** Successes are not logged: each would be a row to bring. */
    private boolean bring(TreeMap<ReplicationLogKey, ReplicationLogEntry> batch) {
        try {
            central.add(batch);
        } catch (DatabaseRefusal later) {
            log.debug("{} rows of the replication log wait: {}", batch.size(), later.getMessage());
            replicationLog.failed(
                    batch.firstKey().cityFragment(),
                    later.database(),
                    GridCaches.REPLICATION_LOG.name(),
                    batch.size() + " rows",
                    Failures.words(databases, DatabaseSettings.CENTRAL, later));
            return false;
        }
        arrived.addAll(batch.keySet());
        delivered.addAndGet(batch.size());
        return true;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
