package io.citygrid.grid.metrics;

import io.citygrid.durability.Databases;
import io.citygrid.grid.backup.Backups;
import io.citygrid.grid.outbox.FragmentOpenings;
import io.citygrid.grid.outbox.Lag;
import io.citygrid.grid.topology.TopologyTask;
import io.citygrid.model.CityFragment;
import io.citygrid.security.plugin.GridSecurity;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.ignite.Ignite;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.plugin.PluginProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node looks up when it is asked for its metrics: the cluster as it sees it, its feeds, its memory and its disk. */
final class NodeReadings implements MultiCollector {
    private static final Logger log = LoggerFactory.getLogger(NodeReadings.class);

    private static final String STORAGE = "io.datastorage";
    private static final String REGION = "stores";
    private static final String CITY_GROUP = "cacheGroups.city";
    private static final double MILLIS = 1000.0;

    private final Ignite node;
    private final Databases databases;
    private final NodeHealth health;
    private final Map<String, Lag> feeds;
    private final IgniteMetrics ignite;
    private final String name;

    /** @param feeds how far behind they are, by what they bring on */
    NodeReadings(Ignite node, Databases databases, NodeHealth health, Map<String, Lag> feeds) {
        this.node = node;
        this.databases = databases;
        this.health = health;
        this.feeds = new TreeMap<>(feeds);
        this.ignite = IgniteMetrics.of(node);
        this.name = node.cluster().localNode().consistentId().toString();
    }

    @Override
    public MetricSnapshots collect() {
        Readings readings = new Readings("node", name);
        boolean complete = tried(() -> cluster(readings));
        complete &= tried(() -> readings.flag(
                "citygrid_node_ready",
                "Whether the node serves: in the baseline, and its fragments open",
                health.ready().ok()));
        complete &= tried(() -> breakers(readings));
        complete &= tried(() -> storage(readings));
        complete &= tried(() -> work(readings));
        complete &= tried(() -> backups(readings));
        complete &= tried(() -> audit(readings));
        readings.flag(
                "citygrid_scrape_complete",
                "Whether all readings could be taken; some cannot while a node starts or stops",
                complete);
        return readings.snapshots();
    }

    /** What cannot be read now must not hide the rest. */
    private boolean tried(Runnable part) {
        try {
            part.run();
            return true;
        } catch (RuntimeException notNow) {
            log.debug("some metrics cannot be read now", notNow);
            return false;
        }
    }

    private void cluster(Readings readings) {
        new TopologyReadings(
                        TopologyTask.of(node),
                        city -> FragmentOpenings.cityName(node, city * CityFragment.SLOTS),
                        Instant.now())
                .addTo(readings);
    }

    private void breakers(Readings readings) {
        for (int home : databases.settings().urls().keySet()) {
            readings.flag(
                    "citygrid_breaker_open",
                    "Whether this node has given a database up for now; sales are queued then",
                    databases.lost(home),
                    "database",
                    databases.settings().name(home));
        }
        feeds.forEach((feed, lag) -> readings.gauge(
                "citygrid_feed_lag_seconds",
                "Since when a feed of this node has not brought on all that there was",
                lag.now().toMillis() / MILLIS,
                "feed",
                feed));
    }

    /** Of a node that knows its users. */
    private void audit(Readings readings) {
        PluginProvider<?>[] plugins = node.configuration().getPluginProviders();
        if (plugins != null) {
            for (PluginProvider<?> plugin : plugins) {
                if (plugin instanceof GridSecurity security) {
                    AuditReadings.add(security.audit(), readings);
                }
            }
        }
    }

    private void storage(Readings readings) {
        String region = "io.dataregion." + REGION;
        plain(readings, "citygrid_region_data_bytes", "Data of the node, in memory or not", region, "TotalUsedSize");
        plain(readings, "citygrid_region_memory_bytes", "What of it is in memory", region, "PhysicalMemorySize");
        plain(readings, "citygrid_region_limit_bytes", "Memory that there is for it", region, "MaxSize");
        plain(
                readings,
                "citygrid_checkpoint_buffer_used_bytes",
                "Pages that changed while they were being written",
                region,
                "UsedCheckpointBufferSize");
        plain(
                readings,
                "citygrid_checkpoint_buffer_limit_bytes",
                "Room for them; writers wait when it is full",
                region,
                "CheckpointBufferSize");
        plain(readings, "citygrid_wal_bytes", "Write-ahead log with its archive, on disk", STORAGE, "WalTotalSize");
        DataStorageConfiguration configured = node.configuration().getDataStorageConfiguration();
        readings.gauge(
                "citygrid_wal_limit_bytes",
                "How large it becomes in peace: the archive's limit and the segments in use",
                configured.getMaxWalArchiveSize()
                        + (double) configured.getWalSegments() * configured.getWalSegmentSize());
        seconds(
                readings,
                "citygrid_checkpoint_seconds",
                "How long the last checkpoint took",
                STORAGE,
                "LastCheckpointDuration");
        ignite.value(STORAGE, "LastCheckpointStart")
                .ifPresent(start -> readings.gauge(
                        "citygrid_checkpoint_age_seconds",
                        "How long ago the last checkpoint began; 0 before the first",
                        start == 0 ? 0 : Math.max(0, (System.currentTimeMillis() - start) / MILLIS)));
        plain(
                readings,
                "citygrid_partitions_moving",
                "Copies of fragments that this node is being filled with",
                CITY_GROUP,
                "LocalNodeMovingPartitionsCount");
    }

    private void work(Readings readings) {
        plain(
                readings,
                "citygrid_transactions_holding_locks",
                "Grid transactions of this node that hold locks now",
                "tx",
                "TransactionsHoldingLockNumber");
        plain(readings, "citygrid_locked_keys", "Rows that they have locked", "tx", "LockedKeysNumber");
        for (String outcome : new String[] {"success", "failed", "canceled"}) {
            ignite.value("sql.queries.user", outcome)
                    .ifPresent(count -> readings.counter(
                            "citygrid_sql_queries",
                            "SQL queries begun at this node: answered (success), stopped by a limit or an error "
                                    + "(failed), and those of them that were cancelled or ran out of time (canceled)",
                            count,
                            "outcome",
                            outcome));
        }
    }

    /** By what lies in this node's folder: the node that makes them changes, so the youngest of all nodes counts. */
    private void backups(Readings readings) {
        readings.gauge(
                "citygrid_backup_every_seconds",
                "How often a backup is to be made; 0: only on demand",
                Backups.every(node).toSeconds());
        Backups.newest(node)
                .ifPresent(newest -> readings.gauge(
                        "citygrid_backup_age_seconds",
                        "How old the newest whole backup or increment in this node's folder is; none if there is none",
                        Math.max(0, Duration.between(newest, Instant.now()).toMillis() / MILLIS)));
    }

    private void plain(Readings readings, String name, String help, String registry, String metric) {
        ignite.value(registry, metric).ifPresent(value -> readings.gauge(name, help, value));
    }

    private void seconds(Readings readings, String name, String help, String registry, String metric) {
        OptionalDouble millis = ignite.value(registry, metric);
        millis.ifPresent(value -> readings.gauge(name, help, value / MILLIS));
    }
}
