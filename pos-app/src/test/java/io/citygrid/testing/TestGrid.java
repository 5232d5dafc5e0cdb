package io.citygrid.testing;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.OutboxTarget;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.backup.BackupSettings;
import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.node.GridNode;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;

/** Four nodes in this JVM, two of Karachi and two of Lahore, on free ports and in a folder of their own. */
public final class TestGrid implements AutoCloseable {
    public static final List<String> NAMES = List.of("karachi-1", "karachi-2", "lahore-1", "lahore-2");

    private final Layout layout;
    private final List<OutboxTarget> furtherTargets;
    private final Map<String, GridNode> nodes = new LinkedHashMap<>();

    /** Where four nodes keep their data, listen and find each other. */
    public record Layout(
            Path directory,
            SurvivalGoal goal,
            DatabaseSettings databases,
            int firstPort,
            CityLoss cityLoss,
            WriteThroughMode writeThrough,
            Duration wanLatency) {
        public Layout(Path directory, SurvivalGoal goal, DatabaseSettings databases) {
            this(
                    directory,
                    goal,
                    databases,
                    FreePorts.row(16),
                    CityLoss.HAND_OVER,
                    WriteThroughMode.IN_TRANSACTION,
                    Duration.ZERO);
        }

        public Layout with(CityLoss choice) {
            return new Layout(directory, goal, databases, firstPort, choice, writeThrough, wanLatency);
        }

        public Layout with(WriteThroughMode mode) {
            return new Layout(directory, goal, databases, firstPort, cityLoss, mode, wanLatency);
        }

        /** With a network between the cities that takes {@code latency} one way. */
        public Layout with(Duration latency) {
            return new Layout(directory, goal, databases, firstPort, cityLoss, writeThrough, latency);
        }

        /** Of a node that shares this JVM with others. */
        public NodeSettings settings(String name) {
            return settings(name, false);
        }

        /** Of a node with a process of its own, which ends with it. */
        public NodeSettings settingsOfProcess(String name) {
            return settings(name, true);
        }

        private NodeSettings settings(String name, boolean haltOnFailure) {
            int index = NAMES.indexOf(name);
            NodeSettings settings = new NodeSettings(
                    name,
                    Set.of(index < 2 ? 1 : 2),
                    "127.0.0.1",
                    firstPort + index,
                    firstPort + 4 + index,
                    firstPort + 8 + index,
                    IntStream.range(0, 4)
                            .mapToObj(other -> "127.0.0.1:" + (firstPort + 4 + other))
                            .toList(),
                    NAMES,
                    directory.resolve("nodes").resolve(name),
                    96L << 20,
                    goal,
                    cityLoss,
                    writeThrough,
                    wanLatency,
                    databases,
                    haltOnFailure);
            return settings.withMetricsPort(metricsPort(name))
                    .withBackups(BackupSettings.onDemand(directory.resolve("backups")))
                    .withSecurity(TestUsers.security());
        }

        /** Where a node answers Prometheus. */
        public int metricsPort(String name) {
            return firstPort + 12 + NAMES.indexOf(name);
        }

        /**
         * Of one more node, which shares this JVM with the others and joins them.
         *
         * @param firstPort of three free ones
         */
        public NodeSettings further(String name, int cityId, int firstPort) {
            NodeSettings like = settings(NAMES.get(0));
            return new NodeSettings(
                            name,
                            Set.of(cityId),
                            like.host(),
                            firstPort,
                            firstPort + 1,
                            firstPort + 2,
                            like.peers(),
                            List.of(name),
                            directory.resolve("nodes").resolve(name),
                            like.regionBytes(),
                            goal,
                            cityLoss,
                            writeThrough,
                            wanLatency,
                            databases,
                            false)
                    .withSecurity(TestUsers.security());
        }

        public String addresses() {
            return IntStream.range(0, 4)
                    .mapToObj(index -> "127.0.0.1:" + (firstPort + index))
                    .collect(Collectors.joining(","));
        }
    }

    public TestGrid(Path directory, SurvivalGoal goal, DatabaseSettings databases) {
        this(new Layout(directory, goal, databases));
    }

    public TestGrid(Layout layout) {
        this(layout, List.of());
    }

    public TestGrid(Layout layout, List<OutboxTarget> furtherTargets) {
        this.layout = layout;
        this.furtherTargets = furtherTargets;
        NAMES.forEach(this::startNode);
        awaitServing();
    }

    public void awaitServing() {
        nodes.values().forEach(node -> node.awaitServing(Duration.ofSeconds(60)));
    }

    public void startNode(String name) {
        nodes.put(name, GridNode.start(layout.settings(name), furtherTargets));
    }

    /** Starts one more node, of a city that may be new, and waits until it serves. */
    public void grow(String name, int cityId) {
        GridNode node = GridNode.start(layout.further(name, cityId, FreePorts.row(3)), furtherTargets);
        nodes.put(name, node);
        node.awaitServing(Duration.ofSeconds(60));
    }

    /** Called when a node was told to leave for good, and did. */
    public void forget(String name) {
        nodes.remove(name).close();
    }

    public void stopNode(String name) {
        nodes.remove(name).close();
    }

    public SurvivalGoal goal() {
        return layout.goal();
    }

    public String addresses() {
        return layout.addresses();
    }

    public GridClient connect() {
        return new GridClient(TestUsers.admin(addresses()));
    }

    /** @param answerWithin less than a register's patience, for a test to which no answer is an answer */
    public GridClient connect(Duration answerWithin) {
        return new GridClient(TestUsers.admin(addresses()), answerWithin);
    }

    /** For JDBC, as somebody of {@code role}. */
    public String jdbcUrl(Role role) {
        return TestUsers.jdbcUrl(addresses(), role);
    }

    /** A living node. */
    public Ignite node() {
        return nodes.values().iterator().next().ignite();
    }

    public Ignite node(String name) {
        return nodes.get(name).ignite();
    }

    public Set<String> living() {
        return Set.copyOf(nodes.keySet());
    }

    @Override
    public void close() {
        List.copyOf(nodes.keySet()).forEach(this::stopNode);
    }
}
