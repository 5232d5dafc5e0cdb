package io.citygrid.demo;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.backup.BackupSettings;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.launch.CannotStart;
import io.citygrid.launch.NodeCommand;
import io.citygrid.launch.Ports;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.SurvivalGoal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a demo is made of: four nodes, two in each city, the web app and PostgreSQL, all on 127.0.0.1. The nodes' ports follow
 * from the first thin port, so that demos with different ports never become one cluster.
 *
 * @param processes whether each node is a process of its own
 * @param wanLatency added to each message between the cities
 * @param backups with a directory in the demo's folder
 */
record DemoSettings(
        int httpPort,
        int thinPort,
        int pgPort,
        boolean processes,
        CityLoss cityLoss,
        WriteThroughMode writeThrough,
        Duration wanLatency,
        BackupSettings backups) {
    static final String HOST = "127.0.0.1";

    /** City ids by node name, in the order of their ports. */
    private static final List<Map.Entry<String, Integer>> NODES = List.of(
            Map.entry("karachi-1", 1), Map.entry("karachi-2", 1), Map.entry("lahore-1", 2), Map.entry("lahore-2", 2));

    /** In the demo's folder. */
    static final Path BACKUPS = Path.of("backups");

    private static final int PORT_MIN = 1024;
    private static final int PORT_MAX = 65535;
    private static final int EPHEMERAL_FROM = 32768;

    DemoSettings {
        for (Map.Entry<String, Integer> port : Map.of("--port", httpPort, "--thin-port", thinPort, "--pg-port", pgPort)
                .entrySet()) {
            if (port.getValue() < PORT_MIN || port.getValue() > PORT_MAX) {
                throw new IllegalArgumentException(
                        port.getKey() + " " + port.getValue() + ": a port is " + PORT_MIN + " to " + PORT_MAX);
            }
        }
        int thinMax = EPHEMERAL_FROM - NodeCommand.METRICS_ABOVE_THIN - NODES.size();
        if (thinPort > thinMax) {
            throw new IllegalArgumentException(
                    "--thin-port " + thinPort + ": at most " + thinMax + ", the nodes' other ports lie above it");
        }
    }

    /** With backups on demand alone. */
    DemoSettings(
            int httpPort,
            int thinPort,
            int pgPort,
            boolean processes,
            CityLoss cityLoss,
            WriteThroughMode writeThrough,
            Duration wanLatency) {
        this(
                httpPort,
                thinPort,
                pgPort,
                processes,
                cityLoss,
                writeThrough,
                wanLatency,
                BackupSettings.onDemand(BACKUPS));
    }

    List<String> nodeNames() {
        return NODES.stream().map(Map.Entry::getKey).toList();
    }

    /** {@code host:port} of each node for thin clients. */
    List<String> thinAddresses() {
        return IntStream.range(0, NODES.size())
                .mapToObj(index -> HOST + ":" + (thinPort + index))
                .toList();
    }

    /** The settings of the four nodes. */
    List<NodeSettings> nodes(Path folder, SurvivalGoal goal, DatabaseSettings databases) {
        return IntStream.range(0, NODES.size())
                .mapToObj(index -> new NodeSettings(
                                NODES.get(index).getKey(),
                                Set.of(NODES.get(index).getValue()),
                                HOST,
                                thinPort + index,
                                discoveryPort(index),
                                communicationPort(index),
                                IntStream.range(0, NODES.size())
                                        .mapToObj(peer -> HOST + ":" + discoveryPort(peer))
                                        .toList(),
                                nodeNames(),
                                folder.resolve("nodes").resolve(NODES.get(index).getKey()),
                                NodeSettings.REGION_BYTES_DEFAULT,
                                goal,
                                cityLoss,
                                writeThrough,
                                wanLatency,
                                databases,
                                processes)
                        .withMetricsPort(metricsPort(index))
                        .withBackups(backups.in(folder)))
                .toList();
    }

    private int discoveryPort(int index) {
        return thinPort + NodeCommand.DISCOVERY_ABOVE_THIN + index;
    }

    private int communicationPort(int index) {
        return thinPort + NodeCommand.COMMUNICATION_ABOVE_THIN + index;
    }

    private int metricsPort(int index) {
        return thinPort + NodeCommand.METRICS_ABOVE_THIN + index;
    }

    /** {@code host:port} at which each node answers Prometheus. */
    List<String> metricsAddresses() {
        return IntStream.range(0, NODES.size())
                .mapToObj(index -> HOST + ":" + metricsPort(index))
                .toList();
    }

    /** @throws CannotStart naming every port that is taken or wanted twice, and the option that changes it */
    void requireFreePorts() {
        Map<String, List<Integer>> wanted = new LinkedHashMap<>();
        wanted.put("web app, --port", List.of(httpPort));
        wanted.put("PostgreSQL, --pg-port", List.of(pgPort));
        for (int index = 0; index < NODES.size(); index++) {
            wanted.put(
                    NODES.get(index).getKey() + ", --thin-port",
                    List.of(thinPort + index, discoveryPort(index), communicationPort(index), metricsPort(index)));
        }
        Set<Integer> seen = new HashSet<>();
        List<String> taken = new ArrayList<>();
        wanted.forEach((user, ports) -> {
            // Wanted twice counts as taken: the one that comes second would find it so.
            List<String> notFree = ports.stream()
                    .filter(port -> !seen.add(port) || !Ports.isFree(HOST, port))
                    .map(String::valueOf)
                    .toList();
            if (!notFree.isEmpty()) {
                taken.add(String.join(" ", notFree) + " (" + user + ")");
            }
        });
        if (!taken.isEmpty()) {
            throw new CannotStart("these ports are in use: " + String.join(", ", taken)
                    + ": stop what uses them, or choose others with the options named");
        }
    }
}
