package io.citygrid.grid.node;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.backup.BackupSettings;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.NodeSecurity;
import io.citygrid.security.disk.DataKey;
import io.citygrid.security.tls.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one grid node needs to know to start. The ports of a node lie below the ephemeral range (32768), so that no outgoing
 * connection can take them.
 *
 * @param name unique in the cluster and kept for ever: data on disk belongs to it
 * @param cityIds the cities whose fragments it is the home of
 * @param host the address it listens on and tells others
 * @param peers discovery addresses ({@code host:port}) of nodes of the cluster, its own among them
 * @param founders names of the nodes that must be there before a cluster that never ran is activated
 * @param directory where its data, WAL and snapshots lie
 * @param regionBytes memory for data, besides the Java heap
 * @param wanLatency added to each message to a node of another city, for demos and measurements on one machine; usually zero
 * @param haltOnFailure whether a node that fails or is cut off takes its process down with it; a node that shares its process
 *     with others only stops itself
 * @param metricsPort where it answers Prometheus and whoever asks for its health; {@link #NO_METRICS_PORT} for nowhere
 * @param backups where it keeps backups that it makes, and when it does
 * @param tls its key store and whom it trusts, on every port; {@code null} for no TLS
 * @param dataKey what its data on disk is encrypted with; {@code null} for data as it is
 * @param security how it knows its users; {@code null} for a grid that everybody may use
 */
public record NodeSettings(
        String name,
        Set<Integer> cityIds,
        String host,
        int thinPort,
        int discoveryPort,
        int communicationPort,
        List<String> peers,
        List<String> founders,
        Path directory,
        long regionBytes,
        SurvivalGoal survivalGoal,
        CityLoss cityLoss,
        WriteThroughMode writeThrough,
        Duration wanLatency,
        DatabaseSettings databases,
        boolean haltOnFailure,
        int metricsPort,
        BackupSettings backups,
        @Nullable TlsSettings tls,
        @Nullable DataKey dataKey,
        @Nullable NodeSecurity security) {
    /** Stands for no port. */
    public static final int NO_METRICS_PORT = 0;

    /** Enough for the demo's data several times over. */
    public static final long REGION_BYTES_DEFAULT = 160L << 20;

    private static final long REGION_BYTES_MIN = 64L << 20;

    /** With one, commits would wait for each other; each idle one costs the others' time. */
    private static final int STRIPES_MIN = 3;

    /** As the demo has them. */
    private static final int NODES_SHARING_A_HEAP = 4;

    /** Pages that change while they are being written wait here. */
    private static final long CHECKPOINT_BYTES_MIN = 32L << 20;

    /** Ignite writes changed pages to the data files when a quarter of this is full, and every first change after that is dear. */
    private static final long WAL_ARCHIVE_BYTES_MIN = 320L << 20;

    private static final int EPHEMERAL_PORTS = 32768;

    /** Far less than failure detection takes. */
    private static final Duration WAN_LATENCY_MAX = Duration.ofSeconds(1);

    /** Of a node that answers no Prometheus, and makes backups when somebody asks for one. */
    public NodeSettings(
            String name,
            Set<Integer> cityIds,
            String host,
            int thinPort,
            int discoveryPort,
            int communicationPort,
            List<String> peers,
            List<String> founders,
            Path directory,
            long regionBytes,
            SurvivalGoal survivalGoal,
            CityLoss cityLoss,
            WriteThroughMode writeThrough,
            Duration wanLatency,
            DatabaseSettings databases,
            boolean haltOnFailure) {
        this(
                name,
                cityIds,
                host,
                thinPort,
                discoveryPort,
                communicationPort,
                peers,
                founders,
                directory,
                regionBytes,
                survivalGoal,
                cityLoss,
                writeThrough,
                wanLatency,
                databases,
                haltOnFailure,
                NO_METRICS_PORT,
                BackupSettings.onDemand(directory.resolve("backups")),
                null,
                null,
                null);
    }

    /** The same with a port for Prometheus. */
    public NodeSettings withMetricsPort(int port) {
        return with(port, backups, tls, dataKey, security);
    }

    /** The same with other backups. */
    public NodeSettings withBackups(BackupSettings others) {
        return with(metricsPort, others, tls, dataKey, security);
    }

    /** The same with TLS, or with encrypted data, or both. */
    public NodeSettings withSecrets(@Nullable TlsSettings keys, @Nullable DataKey key) {
        return with(metricsPort, backups, keys, key, security);
    }

    /** The same with users; {@code null} for a grid that everybody may use. */
    public NodeSettings withSecurity(@Nullable NodeSecurity users) {
        return with(metricsPort, backups, tls, dataKey, users);
    }

    private NodeSettings with(
            int port,
            BackupSettings others,
            @Nullable TlsSettings keys,
            @Nullable DataKey key,
            @Nullable NodeSecurity users) {
        return new NodeSettings(
                name,
                cityIds,
                host,
                thinPort,
                discoveryPort,
                communicationPort,
                peers,
                founders,
                directory,
                regionBytes,
                survivalGoal,
                cityLoss,
                writeThrough,
                wanLatency,
                databases,
                haltOnFailure,
                port,
                others,
                keys,
                key,
                users);
    }

    public NodeSettings {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException(
                    "node name '" + name + "': letters, digits, dots, dashes and underscores only");
        }
        if (cityIds.isEmpty()) {
            throw new IllegalArgumentException("node " + name + " serves no city: write --city");
        }
        for (int port : new int[] {
            thinPort, discoveryPort, communicationPort, metricsPort == NO_METRICS_PORT ? thinPort : metricsPort
        }) {
            if (port < 1024 || port >= EPHEMERAL_PORTS) {
                throw new IllegalArgumentException(
                        "node " + name + ": port " + port + " must lie between 1024 and " + (EPHEMERAL_PORTS - 1));
            }
        }
        if (regionBytes < REGION_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "node " + name + ": a data region has at least " + (REGION_BYTES_MIN >> 20) + " MiB");
        }
        if (wanLatency.isNegative() || wanLatency.compareTo(WAN_LATENCY_MAX) > 0) {
            throw new IllegalArgumentException("--wan-latency " + wanLatency.toMillis()
                    + ": between cities a message takes 0 to " + WAN_LATENCY_MAX.toMillis() + " ms longer");
        }
        if (dataKey != null && !backups.incrementEvery().isZero()) {
            throw new IllegalArgumentException(
                    "--backup-increment-every and --data-key exclude each other: Ignite makes no "
                            + "increments of encrypted data, only full backups");
        }
        cityIds = Set.copyOf(cityIds);
        peers = List.copyOf(peers);
        founders = List.copyOf(founders);
    }

    /** {@code host:port} for thin clients. */
    public String thinAddress() {
        return host + ":" + thinPort;
    }

    /** {@code host:port} at which other nodes find this one. */
    public String discoveryAddress() {
        return host + ":" + discoveryPort;
    }

    /** The values of the placeholders in {@code grid/base.xml} and the files that import it. */
    Map<String, Object> placeholders() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("citygrid.node.name", name);
        values.put("citygrid.node.instance", name + "-" + discoveryPort);
        values.put("citygrid.node.host", host);
        values.put("citygrid.node.directory", directory.toAbsolutePath().toString());
        values.put("citygrid.node.cities", cities());
        values.put("citygrid.node.thin-address", thinAddress());
        values.put("citygrid.node.discovery-address", discoveryAddress());
        values.put("citygrid.thin.port", thinPort);
        values.put("citygrid.discovery.port", discoveryPort);
        values.put("citygrid.discovery.addresses", String.join(",", peers));
        values.put("citygrid.communication.port", communicationPort);
        values.put("citygrid.region.bytes", regionBytes);
        values.put("citygrid.region.checkpoint-bytes", Math.max(CHECKPOINT_BYTES_MIN, regionBytes / 4));
        values.put("citygrid.wal.archive-bytes", Math.max(WAL_ARCHIVE_BYTES_MIN, 2 * regionBytes));
        int processors = Runtime.getRuntime().availableProcessors();
        values.put("citygrid.threads.striped", Math.max(STRIPES_MIN, processors));
        values.put("citygrid.threads.selectors", Math.max(1, processors / 2));
        long heap = Runtime.getRuntime().maxMemory() / (haltOnFailure ? 1 : NODES_SHARING_A_HEAP);
        // Ignite 2.17 counts every row that a GROUP BY reads as if it kept it (HashAggregateNode), so this is also how
        // much it may read.
        values.put("citygrid.sql.query-bytes", heap / 4);
        values.put("citygrid.sql.all-bytes", heap / 8 * 3);
        values.put("citygrid.survival-goal", survivalGoal.setting());
        values.put("citygrid.city-loss", cityLoss.setting());
        values.put("citygrid.write-through", writeThrough.setting());
        values.put("citygrid.wan-latency.millis", wanLatency.toMillis());
        values.put("citygrid.failure-handler", haltOnFailure ? "haltProcess" : "stopNode");
        values.put("citygrid.databases", databases.format());
        values.put("citygrid.databases.user", databases.user());
        values.put("citygrid.databases.password", databases.password());
        values.put("citygrid.tls", tls == null ? "" : tls.file().toString());
        values.put("citygrid.tls.on", tls != null);
        values.put("citygrid.data-key", dataKey == null ? "" : dataKey.file().toString());
        values.put("citygrid.data-key.on", dataKey != null);
        return values;
    }

    private String cities() {
        return new TreeSet<>(cityIds).stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
