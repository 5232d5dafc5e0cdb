package io.citygrid.grid;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.PgWriter.Mode;
import io.citygrid.durability.WriteSet;
import io.citygrid.durability.WriteThrough;
import io.citygrid.model.outbox.OutboxKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a node has just committed to PostgreSQL, in groups: while one group is being written, the next one gathers. No
 * lock of the grid is held meanwhile. What cannot be written stays in the outbox, for the drainer.
 */
public final class AfterCommit {
    private static final Logger log = LoggerFactory.getLogger(AfterCommit.class);

    /** How long an answer waits for PostgreSQL's commit before it says that the sale is queued. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

    private static final int GROUP_MAX = 200;

    /** No transaction's rows join a group with so many: PostgreSQL must write them within a second. */
    private static final int GROUP_ROWS = 3_000;

    private static final int WAITING_MAX = 2_000;
    private static final Duration REMOVE_WITHIN = Duration.ofSeconds(2);
    private static final Duration IDLE_ENDS_AFTER = Duration.ofSeconds(10);

    /** One grid transaction's rows on their way. */
    private record OnItsWay(Set<OutboxKey> entries, WriteSet rows, CompletableFuture<Boolean> written) {}

    private final Ignite node;
    private final Map<Integer, BlockingQueue<OnItsWay>> waiting = new ConcurrentHashMap<>();
    private final Map<Integer, Boolean> writers = new ConcurrentHashMap<>();
    private final Set<OutboxKey> onTheirWay = ConcurrentHashMap.newKeySet();

    private AfterCommit(Ignite node) {
        this.node = node;
    }

    /** That of {@code node}. */
    public static AfterCommit of(Ignite node) {
        return node.cluster()
                .<String, AfterCommit>nodeLocalMap()
                .computeIfAbsent(AfterCommit.class.getName(), unused -> new AfterCommit(node));
    }

    /** Whether the rows of {@code entry} are being written at this moment, so that the drainer may leave them alone. */
    public boolean isOnItsWay(OutboxKey entry) {
        return onTheirWay.contains(entry);
    }

    /** Sends the rows of a committed transaction on their way; what it returns waits until PostgreSQL has them, or not in time. */
    BooleanSupplier write(Set<OutboxKey> entries, WriteSet rows) {
        int cityId = rows.cityId();
        if (WriteThrough.of(node).databases().lost(cityId)) {
            return () -> false;
        }
        OnItsWay next = new OnItsWay(entries, rows, new CompletableFuture<>());
        onTheirWay.addAll(entries);
        BlockingQueue<OnItsWay> queue =
                waiting.computeIfAbsent(cityId, unused -> new ArrayBlockingQueue<>(WAITING_MAX));
        if (!queue.offer(next)) {
            onTheirWay.removeAll(entries);
            return () -> false;
        }
        startWriter(cityId, queue);
        return () -> arrived(next);
    }

    private static boolean arrived(OnItsWay rows) {
        try {
            return rows.written().get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException queued) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Each city has a thread that writes, for as long as there is something to write. */
    private void startWriter(int cityId, BlockingQueue<OnItsWay> queue) {
        if (writers.putIfAbsent(cityId, true) == null) {
            Thread writer = new Thread(() -> writeGroups(cityId, queue), "after-commit-" + cityId + "-" + node.name());
            writer.setDaemon(true);
            writer.start();
        }
    }

    private void writeGroups(int cityId, BlockingQueue<OnItsWay> queue) {
        try {
            while (true) {
                OnItsWay first = queue.poll(IDLE_ENDS_AFTER.toMillis(), TimeUnit.MILLISECONDS);
                if (first == null) {
                    break;
                }
                List<OnItsWay> group = new ArrayList<>();
                group.add(first);
                for (int rows = first.rows().size(); rows < GROUP_ROWS && group.size() < GROUP_MAX; ) {
                    OnItsWay next = queue.poll();
                    if (next == null) {
                        break;
                    }
                    group.add(next);
                    rows += next.rows().size();
                }
                writeGroup(cityId, group);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            writers.remove(cityId);
            if (!queue.isEmpty()) {
                startWriter(cityId, queue);
            }
        }
    }

    private void writeGroup(int cityId, List<OnItsWay> group) {
        try {
            WriteSet rows = new WriteSet();
            group.forEach(one -> rows.addNewer(one.rows()));
            WriteThrough.of(node).writer().write(rows, cityId, Mode.KEEP_NEWER);
            group.forEach(one -> one.written().complete(true));
            remove(group);
        } catch (DatabaseRefusal later) {
            log.debug("{} sales stay queued: {}", group.size(), later.getMessage());
        } catch (RuntimeException unexpected) {
            log.warn("{} sales stay queued", group.size(), unexpected);
        } finally {
            group.forEach(one -> {
                one.written().complete(false);
                onTheirWay.removeAll(one.entries());
            });
        }
    }

    /** An entry that stays is delivered again by the drainer, which does no harm. */
    private void remove(List<OnItsWay> group) {
        try {
            TreeSet<OutboxKey> entries = new TreeSet<>();
            group.forEach(one -> entries.addAll(one.entries()));
            GridCaches.OUTBOX.on(node).removeAllAsync(entries).get(REMOVE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (CacheException | IgniteException | IllegalStateException later) {
            log.debug("{} outbox entries are removed later", group.size(), later);
        }
    }
}
