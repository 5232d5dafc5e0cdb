package io.citygrid.launch;

import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.SurvivalGoal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A node's settings as options of a command line. */
final class NodeOptions {
    @Option(
            names = "--city",
            required = true,
            split = ",",
            paramLabel = "CITY",
            description =
                    "The city it serves: karachi, lahore, or any other with its id, as in multan=3. May be several.")
    private List<String> cities = List.of();

    @Option(names = "--name", required = true, description = "Its name, unique in the cluster and kept for ever.")
    private String name = "";

    @Option(names = "--host", description = "The address it listens on and tells others (default: 127.0.0.1).")
    private String host = "127.0.0.1";

    @Option(names = "--thin-port", paramLabel = "PORT", description = "Thin clients' port (default: 10800).")
    private int thinPort = 10800;

    @Option(names = "--discovery-port", paramLabel = "PORT", description = "Default: the thin port + 1000.")
    private @Nullable Integer discoveryPort;

    @Option(names = "--communication-port", paramLabel = "PORT", description = "Default: the thin port + 2000.")
    private @Nullable Integer communicationPort;

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "HOST:PORT",
            description = "Discovery addresses of nodes of the cluster (default: its own, a cluster of one).")
    private List<String> peers = List.of();

    @Option(
            names = "--founders",
            split = ",",
            paramLabel = "NAME",
            description = "Nodes that must be there before a cluster that never ran starts (default: this one).")
    private List<String> founders = List.of();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Its data lies in DIR/nodes/NAME (default DIR: ./data).")
    private Path data = Path.of("data");

    @Option(names = "--memory", paramLabel = "MB", description = "Memory for data besides the heap (default: 160).")
    private long memoryMegabytes = NodeSettings.REGION_BYTES_DEFAULT >> 20;

    @Option(
            names = "--survive",
            paramLabel = "GOAL",
            description = "What the cluster survives: node, city or both (default: both); the same on all nodes.")
    private String survive = SurvivalGoal.BOTH.setting();

    @Option(
            names = "--city-loss",
            paramLabel = "CHOICE",
            description = "When a city falls silent: hand-over (others sell for it at once) or keep-selling (each city "
                    + "sells for itself alone; default: hand-over); the same on all nodes.")
    private String cityLoss = CityLoss.HAND_OVER.setting();

    @Option(
            names = "--write-through",
            paramLabel = "MODE",
            description =
                    "When rows reach PostgreSQL: in-transaction, after-commit or queued (default: in-transaction).")
    private String writeThrough = WriteThroughMode.IN_TRANSACTION.setting();

    @Option(
            names = "--wan-latency",
            paramLabel = "MS",
            description = "For trials on one machine: milliseconds that each message to a node of another city takes "
                    + "longer (default: 0).")
    private long wanLatencyMillis;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private DatabaseLogin databases = new DatabaseLogin();

    @Option(
            names = "--backup-dir",
            paramLabel = "DIR",
            description = "Where it keeps what it writes of backups besides snapshots: manifests and dumps of databases; best one "
                    + "folder that all nodes share (default: DIR/backups in --data).")
    private @Nullable Path backupDirectory;

    @ArgGroup(exclusive = false)
    private BackupOptions backups = new BackupOptions();

    /** @throws IllegalArgumentException saying which option is wrong */
    NodeSettings settings() {
        int discovery = discoveryPort == null ? thinPort + NodeCommand.DISCOVERY_ABOVE_THIN : discoveryPort;
        int communication =
                communicationPort == null ? thinPort + NodeCommand.COMMUNICATION_ABOVE_THIN : communicationPort;
        return new NodeSettings(
                name,
                CityNames.ids(cities),
                host,
                thinPort,
                discovery,
                communication,
                peers.isEmpty() ? List.of(host + ":" + discovery) : peers,
                founders.isEmpty() ? List.of(name) : founders,
                data.resolve("nodes").resolve(name),
                memoryMegabytes << 20,
                SurvivalGoal.of(survive),
                CityLoss.of(cityLoss),
                WriteThroughMode.of(writeThrough),
                Duration.ofMillis(wanLatencyMillis),
                databases.settings(),
                backups.settings(backupDirectory == null ? data.resolve("backups") : backupDirectory),
                true);
    }
}
