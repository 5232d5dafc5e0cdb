package io.citygrid.grid.outbox;

import io.citygrid.grid.BackgroundWork;
import io.citygrid.grid.GridCaches;
import io.citygrid.model.outbox.ReplicationLogEntry;
import io.citygrid.model.outbox.ReplicationLogKey;
import io.citygrid.model.outbox.ReplicationStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of what this node told databases, one row for each batch and target. It never claims more than happened: whoever
 * delivers calls {@link #success} after PostgreSQL's commit and {@link #failed} after it refused or was not there.
 *
 * <p>While a target fails, each node logs one Failed row at the beginning, another when the reason changes, and then one a
 * minute; not one for each try. The next success says since when it had failed.
 *
 * <p>Nobody waits for the log: rows are queued in memory and a thread of the log's own writes them into the grid a moment
 * later. What is still queued when the node's process is killed is lost, and if the grid takes no rows for long the oldest are
 * given up; deliveries go on in either case.
 */
public final class ReplicationLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReplicationLog.class);

    private static final int QUEUE_MAX = 2_000;
    private static final int WRITTEN_AT_ONCE_MAX = 50;
    private static final long WRITTEN_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Ignite node;
    private final String nodeName;
    private final Clock clock;
    private final Outages outages;
    private final Rounds rounds;
    private final ArrayDeque<Row> queue = new ArrayDeque<>();
    private final Map<Integer, ReplicationLogKey> lastKeys = new HashMap<>();
    private long givenUp;

    private record Row(ReplicationLogKey key, ReplicationLogEntry entry) {}

    public ReplicationLog(Ignite node) {
        this(node, Clock.systemUTC());
    }

    ReplicationLog(Ignite node, Clock clock) {
        this.node = node;
        this.nodeName = node.cluster().localNode().consistentId().toString();
        this.clock = clock;
        this.outages = new Outages(clock);
        this.rounds = new Rounds("replication-log-" + node.name(), () -> BackgroundWork.of(node)
                .unlessClosed(() -> {}, this::writeQueued));
    }

    public void start() {
        rounds.start();
    }

    /**
     * PostgreSQL has committed a batch.
     *
     * @param fragment one of those that the rows lie in
     * @param target name of the database
     * @param tables names of the tables, separated by commas
     * @param records which rows, in words
     */
    public void success(int fragment, String target, String tables, String records, String message) {
        outages.over(refusal(target, tables, records));
        Optional<Instant> failedSince = outages.over(target);
        String after = failedSince
                .map(since -> "; it had not taken any since " + since.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
        add(fragment, target, tables, records, ReplicationStatus.SUCCESS, message + after);
    }

    /**
     * A batch could not be delivered because the target is out of reach, too slow, or for any other reason that concerns all
     * rows alike. Call it at each try.
     *
     * @param message why, in the same words at each try
     */
    public void failed(int fragment, String target, String tables, String records, String message) {
        if (outages.worthSaying(target, message)) {
            add(fragment, target, tables, records, ReplicationStatus.FAILED, message);
        }
    }

    /**
     * The target refused these very rows, while it may take others: a constraint, a type, a permission. Logged like an outage of
     * their own. Call it at each try.
     *
     * @param records which rows, in the same words at each try
     * @param message why, in the same words at each try
     */
    public void refused(int fragment, String target, String tables, String records, String message) {
        if (outages.worthSaying(refusal(target, tables, records), message)) {
            add(fragment, target, tables, records, ReplicationStatus.FAILED, message);
        }
    }

    /** The target answers and nothing had to be delivered: if it had been failing, that is over. */
    public void reached(String target) {
        outages.over(target);
    }

    private static String refusal(String target, String tables, String records) {
        return target + '\n' + tables + '\n' + records;
    }

    private void add(
            int fragment, String target, String tables, String records, ReplicationStatus status, String message) {
        String said = nodeName + ": " + message;
        synchronized (queue) {
            if (queue.size() == QUEUE_MAX) {
                queue.removeFirst();
                givenUp++;
            }
            ReplicationLogEntry entry = new ReplicationLogEntry(tables, records, target, status, said, clock.instant());
            queue.addLast(new Row(nextKey(fragment), entry));
        }
    }

    private ReplicationLogKey nextKey(int fragment) {
        ReplicationLogKey first = ReplicationLogKey.first(fragment, clock.instant());
        return lastKeys.merge(fragment, first, (last, now) -> now.compareTo(last) > 0 ? now : last.next());
    }

    /** Writes some of what is queued; what the grid does not take in time stays queued. */
    private boolean writeQueued() {
        IgniteCache<ReplicationLogKey, ReplicationLogEntry> cache = GridCaches.REPLICATION_LOG.on(node);
        List<Row> rows = new ArrayList<>();
        List<IgniteFuture<@Nullable ReplicationLogEntry>> writes = new ArrayList<>();
        for (Row row : firstQueued()) {
            rows.add(row);
            writes.add(cache.getAndPutIfAbsentAsync(row.key, row.entry));
        }
        long deadline = System.nanoTime() + WRITTEN_WITHIN_NANOS;
        for (int i = 0; i < rows.size(); i++) {
            long left = Math.max(1, deadline - System.nanoTime());
            written(rows.get(i), writes.get(i).get(left, TimeUnit.NANOSECONDS));
        }
        return true;
    }

    private List<Row> firstQueued() {
        synchronized (queue) {
            if (givenUp > 0) {
                log.warn("{} rows of the replication log were given up: the grid took none for long", givenUp);
                givenUp = 0;
            }
            return queue.stream().limit(WRITTEN_AT_ONCE_MAX).toList();
        }
    }

    /** @param before what had the row's key already: the row itself after a wait that was given up, or that of another node */
    private void written(Row row, @Nullable ReplicationLogEntry before) {
        synchronized (queue) {
            queue.remove(row);
            if (before != null && !before.sameAs(row.entry)) {
                queue.addLast(new Row(nextKey(row.key.cityFragment()), row.entry));
            }
        }
    }

    /** Writes what is queued, if the grid takes it now, and ends. */
    @Override
    public void close() {
        rounds.close();
        try {
            writeQueued();
        } catch (RuntimeException notWritten) {
            log.debug("the last rows of the replication log were not written", notWritten);
        }
    }
}
