package io.citygrid.launch;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.GridLogin;
import io.citygrid.security.NodeSecurity;
import io.citygrid.security.disk.DataKey;
import io.citygrid.security.tls.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A node's settings as options of a command line. */
final class NodeOptions {
    /** Of a node that asks no grid. */
    private static final Joining ALONE = new Joining(
            List.of(),
            "",
            SurvivalGoal.BOTH.setting(),
            CityLoss.HAND_OVER.setting(),
            WriteThroughMode.IN_TRANSACTION.setting(),
            Map.of());

    @Option(
            names = "--city",
            split = ",",
            paramLabel = "CITY",
            description =
                    "The city it serves: by name if it is karachi, lahore or, with --join, a city of that grid; else"
                            + " with its id, as in multan=3. May be several.")
    private List<String> cities = List.of();

    @Option(names = "--name", description = "Its name, unique in the cluster and kept for ever.")
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
            names = "--join",
            paramLabel = "HOST:PORT[,HOST:PORT…]",
            description =
                    "Thin client addresses of nodes of a running grid: it is asked for everything that all of its "
                            + "nodes need the same, and the node becomes one of them.")
    private @Nullable String join;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Where it answers Prometheus (/metrics) and supervisors (/health/live, /health/ready); 0 for "
                    + "nowhere (default: the thin port + 3000).")
    private @Nullable Integer metricsPort;

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "HOST:PORT",
            description =
                    "Discovery addresses of nodes of the cluster (default: its own, a cluster of one; or the joined "
                            + "grid's).")
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
            description =
                    "What the cluster survives: node, city or both (default: both, or the joined grid's); the same on "
                            + "all nodes.")
    private @Nullable String survive;

    @Option(
            names = "--city-loss",
            paramLabel = "CHOICE",
            description = "When a city falls silent: hand-over (others sell for it at once) or keep-selling (each city "
                    + "sells for itself alone; default: hand-over, or the joined grid's); the same on all nodes.")
    private @Nullable String cityLoss;

    @Option(
            names = "--write-through",
            paramLabel = "MODE",
            description =
                    "When rows reach PostgreSQL: in-transaction, after-commit or queued (default: in-transaction, or "
                            + "the joined grid's).")
    private @Nullable String writeThrough;

    @Option(
            names = "--wan-latency",
            paramLabel = "MS",
            description = "For trials on one machine: milliseconds that each message to a node of another city takes "
                    + "longer (default: 0).")
    private long wanLatencyMillis;

    @Option(
            names = "--backup-dir",
            paramLabel = "DIR",
            description =
                    "Where it keeps what it writes of backups besides snapshots: manifests and dumps of databases;"
                            + " best one folder that all nodes share (default: DIR/backups in --data).")
    private @Nullable Path backupDirectory;

    @Mixin
    private BackupOptions backups = new BackupOptions();

    @Option(
            names = "--databases",
            paramLabel = "URLS",
            description =
                    "PostgreSQL: central=jdbc:postgresql://host:port/name,1=jdbc:… by city id (default: the joined "
                            + "grid's).")
    private @Nullable String databases;

    @Option(
            names = "--databases-login",
            paramLabel = "FILE",
            description = "File with user=… and password=… for them, or a demo's connections.properties (default: the "
                    + "environment's " + DatabaseLogin.USER + ", and " + DatabaseLogin.PASSWORD_FILE + " or "
                    + DatabaseLogin.PASSWORD + ").")
    private @Nullable Path login;

    @Option(
            names = "--tls",
            paramLabel = "FILE",
            description =
                    "TLS on all its ports, with the key store that FILE names; the whole grid has it or none of it "
                            + "(./pos certs makes such files; default: no TLS).")
    private @Nullable Path tls;

    @Option(
            names = "--data-key",
            paramLabel = "FILE",
            description = "Encrypts its data on disk with the key that FILE names; the same on all nodes and for ever "
                    + "(default: not encrypted).")
    private @Nullable Path dataKey;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description =
                    "The users of the grid, as ./pos ops user keeps them; the same file on all machines. Without it"
                            + " everybody may do everything.")
    private @Nullable Path users;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "What each role may do, instead of what the program ships with; the same on all nodes.")
    private @Nullable Path policy;

    @Option(
            names = "--audit-dir",
            paramLabel = "DIR",
            description =
                    "Where it writes down logins, refusals and changes; best on another disk or server, and one folder"
                            + " for all (default: DIR/audit in --data).")
    private @Nullable Path auditFolder;

    @Option(
            names = "--grid-login",
            paramLabel = "FILE",
            description = "The node's own login, of role node. " + GridLogins.DESCRIPTION)
    private @Nullable Path gridLogin;

    /** @throws IllegalArgumentException saying which option is wrong */
    NodeSettings settings() {
        require(!cities.isEmpty(), "--city");
        require(!name.isEmpty(), "--name");
        Path directory = data.resolve("nodes").resolve(name);
        TlsSettings doors = tls == null ? null : TlsSettings.read(tls);
        Joining terms = join == null ? ALONE : joining(join, doors, directory);
        int discovery = discoveryPort == null ? thinPort + NodeCommand.DISCOVERY_ABOVE_THIN : discoveryPort;
        int communication =
                communicationPort == null ? thinPort + NodeCommand.COMMUNICATION_ABOVE_THIN : communicationPort;
        NodeSettings settings = new NodeSettings(
                name,
                CityNames.ids(cities, terms.cities()),
                host,
                thinPort,
                discovery,
                communication,
                peers(terms, host + ":" + discovery),
                founders.isEmpty() ? List.of(name) : founders,
                directory,
                memoryMegabytes << 20,
                SurvivalGoal.of(survive == null ? terms.survivalGoal() : survive),
                CityLoss.of(cityLoss == null ? terms.cityLoss() : cityLoss),
                WriteThroughMode.of(writeThrough == null ? terms.writeThrough() : writeThrough),
                Duration.ofMillis(wanLatencyMillis),
                databases(databases == null ? terms.databases() : databases),
                true);
        return settings.withMetricsPort(metricsPort())
                .withSecurity(security())
                .withBackups(backups.settings(backupDirectory == null ? data.resolve("backups") : backupDirectory))
                .withSecrets(doors, dataKey == null ? null : DataKey.read(dataKey));
    }

    private Joining joining(String addresses, @Nullable TlsSettings doors, Path directory) {
        // Asking is what logs first, and where that goes counts for good.
        LogFile.use(directory.resolve(NodeCommand.LOG_FILE), Map.of("role", "node", "node", name));
        return Joining.of(addresses, GridLogins.of(gridLogin), doors, directory);
    }

    private @Nullable NodeSecurity security() {
        if (users == null) {
            if (policy != null) {
                throw new IllegalArgumentException("--policy is nothing without --users: write both");
            }
            return null;
        }
        return new NodeSecurity(
                users,
                policy,
                auditFolder == null ? data.resolve("audit") : auditFolder,
                GridLogins.of(gridLogin)
                        .orElseThrow(
                                () -> new IllegalArgumentException("a node with --users has a login of its own, of role"
                                        + " node: write --grid-login FILE, or set " + GridLogin.USER + " and "
                                        + GridLogin.PASSWORD_FILE)));
    }

    private int metricsPort() {
        return metricsPort == null ? thinPort + NodeCommand.METRICS_ABOVE_THIN : metricsPort;
    }

    private List<String> peers(Joining terms, String own) {
        if (!peers.isEmpty()) {
            return peers;
        }
        if (join == null) {
            return List.of(own);
        }
        // Without its own address it can join a cluster and never founds one.
        return terms.peers().stream().filter(peer -> !peer.equals(own)).toList();
    }

    /** A file of settings takes the place of all options, so none of them is one that the parser could require. */
    private static void require(boolean given, String option) {
        if (!given) {
            throw new IllegalArgumentException(option + " is missing: write it, set " + Environment.variable(option)
                    + ", or give all settings in a file with " + NodeCommand.SETTINGS);
        }
    }

    private DatabaseSettings databases(String urls) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("--databases is missing: write it, set "
                    + Environment.variable("--databases") + ", or let the node --join HOST:PORT");
        }
        return login == null
                ? DatabaseLogin.ofEnvironment(System.getenv()).to(urls)
                : DatabaseLogin.ofFile(login).to(urls);
    }
}
