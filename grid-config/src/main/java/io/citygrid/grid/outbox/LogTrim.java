package io.citygrid.grid.outbox;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.PgReplicationLog;
import io.citygrid.grid.GridCaches;
import io.citygrid.model.CityFragment;
import io.citygrid.model.outbox.ReplicationLogEntry;
import io.citygrid.model.outbox.ReplicationLogKey;
import io.citygrid.model.outbox.ReplicationStatus;
import io.citygrid.placement.NodeAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cache.query.SqlFieldsQuery;
import org.apache.ignite.cluster.ClusterNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the replication log from growing for ever. The grid keeps of each city the newest 500 rows of each status, 1,000 in all,
 * so that an outage does not vanish behind the deliveries after it; rows that have not arrived in the central database are kept
 * longer, up to 10,000 of each status. The central database keeps 90 days.
 */
final class LogTrim {
    /** Rows of one city and status that the grid keeps. */
    static final int KEPT_MAX = 500;

    /** Rows of one city and status that the grid keeps though they have not arrived in the central database. */
    static final int KEPT_WAITING_MAX = 10_000;

    private static final Duration KEPT_CENTRALLY = Duration.ofDays(90);
    private static final int DELETED_AT_ONCE_MAX = 1_000;
    private static final int DELETIONS_MAX = 100;

    private static final Duration GRID_EVERY = Duration.ofMinutes(1);
    private static final Duration CENTRAL_EVERY = Duration.ofHours(1);
    private static final Duration QUERY_WITHIN = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(LogTrim.class);

    private final Ignite node;
    private final PgReplicationLog central;
    private long gridTrimmedNanos = System.nanoTime();
    private long centralTrimmedNanos = System.nanoTime();

    LogTrim(Ignite node, PgReplicationLog central) {
        this.node = node;
        this.central = central;
    }

    /** @param arrived the rows that are in the central database; those that are removed here are taken out */
    void whenItIsTime(Set<ReplicationLogKey> arrived) {
        if (System.nanoTime() - gridTrimmedNanos > GRID_EVERY.toNanos()) {
            gridTrimmedNanos = System.nanoTime();
            trimGrid(arrived);
        }
        if (System.nanoTime() - centralTrimmedNanos > CENTRAL_EVERY.toNanos()) {
            centralTrimmedNanos = System.nanoTime();
            trimCentral();
        }
    }

    /** Rows that are kept together. */
    private record Shelf(int cityId, ReplicationStatus status) {}

    /** Removes what is too old of the rows in fragments of which this node is the primary. */
    void trimGrid(Set<ReplicationLogKey> arrived) {
        Map<Shelf, TreeSet<ReplicationLogKey>> shelves = new HashMap<>();
        for (Cache.Entry<ReplicationLogKey, ReplicationLogEntry> row :
                GridCaches.REPLICATION_LOG.on(node).localEntries(CachePeekMode.PRIMARY)) {
            shelves.computeIfAbsent(
                            new Shelf(row.getKey().cityId(), row.getValue().status()), shelf -> new TreeSet<>())
                    .add(row.getKey());
        }
        shelves.forEach((shelf, rows) -> {
            long newestToGo = newestBeyond(shelf, KEPT_MAX);
            long newestLost = newestToGo == 0 ? 0 : newestBeyond(shelf, KEPT_WAITING_MAX);
            rows.removeIf(key -> key.id() > newestLost && (key.id() > newestToGo || !arrived.contains(key)));
            remove(rows);
            arrived.removeAll(rows);
        });
    }

    private void remove(TreeSet<ReplicationLogKey> rows) {
        TreeSet<ReplicationLogKey> batch = new TreeSet<>();
        for (ReplicationLogKey row : rows) {
            batch.add(row);
            if (batch.size() == Rounds.BATCH_MAX || row.equals(rows.last())) {
                GridCaches.REPLICATION_LOG.on(node).removeAll(batch);
                log.debug("{} old rows of the replication log were removed", batch.size());
                batch.clear();
            }
        }
    }

    /** The id of the newest row that {@code kept} rows of its city and status are newer than; 0 if there is none. */
    private long newestBeyond(Shelf shelf, int kept) {
        List<List<?>> found = GridCaches.REPLICATION_LOG
                .on(node)
                .query(new SqlFieldsQuery(
                                "SELECT id FROM replication_log WHERE city_fragment >= ? AND city_fragment < ? "
                                        + "AND status = ? ORDER BY id DESC LIMIT 1 OFFSET " + kept)
                        .setArgs(
                                shelf.cityId * CityFragment.SLOTS,
                                (shelf.cityId + 1) * CityFragment.SLOTS,
                                shelf.status.text())
                        .setTimeout((int) QUERY_WITHIN.toMillis(), TimeUnit.MILLISECONDS))
                .getAll();
        return found.isEmpty() ? 0 : (Long) found.get(0).get(0);
    }

    /** One node is enough: the oldest. */
    private void trimCentral() {
        ClusterNode oldest = node.cluster()
                .forAttribute(NodeAttributes.ROLE, NodeAttributes.ROLE_DATA)
                .forOldest()
                .node();
        if (oldest == null || !oldest.isLocal()) {
            return;
        }
        try {
            int deleted = DELETED_AT_ONCE_MAX;
            for (int i = 0; i < DELETIONS_MAX && deleted == DELETED_AT_ONCE_MAX; i++) {
                deleted = central.trim(KEPT_CENTRALLY, DELETED_AT_ONCE_MAX);
            }
        } catch (DatabaseRefusal later) {
            log.debug("the central replication log is trimmed later: {}", later.getMessage());
        }
    }
}
