package io.citygrid.bench.contender;

import io.citygrid.bench.drive.Assortment;
import io.citygrid.demo.DemoKeys;
import io.citygrid.demo.DemoUsers;
import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.WriteThroughMode;
import io.citygrid.grid.client.GridClientSettings;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.launch.NodeCommand;
import io.citygrid.placement.CityLoss;
import io.citygrid.placement.SurvivalGoal;
import io.citygrid.security.NodeSecurity;
import io.citygrid.security.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the grid is set up.
 *
 * @param nodes processes; with fewer than there are cities, a node serves several
 * @param assortment which cities there are
 * @param storedOrders that it has before anything is sold
 * @param wanLatency added to each message between nodes of different cities
 * @param protection of its doors
 * @param thinPort of the first node; the others' follow
 * @param heapMegabytes of each node
 * @param regionMegabytes memory of each node for data, besides the heap
 * @param javaOptions further ones for the nodes, as for a recording of their work
 */
public record Arrangement(
        SurvivalGoal goal,
        WriteThroughMode mode,
        int nodes,
        Assortment assortment,
        int storedOrders,
        Duration wanLatency,
        Protection protection,
        int thinPort,
        int heapMegabytes,
        int regionMegabytes,
        List<String> javaOptions) {
    private static final String HOST = "127.0.0.1";

    public Arrangement {
        if (nodes < 1 || nodes > 8) {
            throw new IllegalArgumentException("a grid of " + nodes + " nodes: 1 to 8 can be measured on one machine");
        }
        javaOptions = List.copyOf(javaOptions);
    }

    /** @throws IllegalArgumentException if no node could be started with it, saying why */
    public void check() {
        open(Path.of("."), new DatabaseSettings(Map.of(DatabaseSettings.CENTRAL, "jdbc:postgresql:any"), "any", ""));
    }

    /** What tells it from others, for tables. */
    String words() {
        return goal.setting() + ", " + mode.setting()
                + (nodes == 4 ? "" : ", " + nodes + (nodes == 1 ? " node" : " nodes"))
                + (assortment.cities() == 2
                        ? ""
                        : ", " + assortment.cities() + (assortment.cities() == 1 ? " city" : " cities"))
                + (storedOrders == 0 ? "" : String.format(Locale.ROOT, ", %,d stored orders", storedOrders))
                + (wanLatency.isZero() ? "" : ", WAN " + wanLatency.toMillis() + " ms")
                + protection.words();
    }

    /** {@code host:port} of each node for thin clients. */
    List<String> thinAddresses() {
        List<String> addresses = new ArrayList<>();
        for (int index = 0; index < nodes; index++) {
            addresses.add(HOST + ":" + (thinPort + index));
        }
        return addresses;
    }

    /** All ports that the nodes listen on. */
    public List<Integer> ports() {
        List<Integer> ports = new ArrayList<>();
        for (int index = 0; index < nodes; index++) {
            ports.addAll(List.of(thinPort + index, discoveryPort(index), communicationPort(index)));
        }
        return ports;
    }

    private int discoveryPort(int index) {
        return thinPort + NodeCommand.DISCOVERY_ABOVE_THIN + index;
    }

    private int communicationPort(int index) {
        return thinPort + NodeCommand.COMMUNICATION_ABOVE_THIN + index;
    }

    /** Options of each node's JVM for its heap. The collector is the one that the launcher gives nodes. */
    List<String> memory() {
        List<String> options = new ArrayList<>(
                List.of("-Xms" + heapMegabytes + "m", "-Xmx" + heapMegabytes + "m", "-XX:+UseSerialGC", "-Xss512k"));
        options.addAll(javaOptions);
        return options;
    }

    /** The nodes' settings, with the users and keys of {@code folder}; the cities are dealt out one after the other. */
    List<NodeSettings> nodes(Path folder, DatabaseSettings databases) {
        @Nullable
        NodeSecurity users =
                protection == Protection.NONE ? null : DemoUsers.in(folder).security();
        DemoKeys keys = keys(folder);
        return open(folder, databases).stream()
                .map(node -> node.withSecurity(users).withSecrets(keys.of(node.name()), null))
                .toList();
    }

    /** For clients that may do everything. */
    GridClientSettings clients(Path folder) {
        return new GridClientSettings(
                        thinAddresses(),
                        protection == Protection.NONE
                                ? null
                                : DemoUsers.in(folder).login(Role.CENTRAL_ADMIN))
                .withTls(keys(folder).client());
    }

    DemoKeys keys(Path folder) {
        return protection == Protection.TLS ? DemoKeys.in(folder, names(), made -> {}) : DemoKeys.none();
    }

    private List<String> names() {
        List<String> cities = List.copyOf(assortment.cityNames().values());
        return IntStream.range(0, nodes)
                .mapToObj(index ->
                        cities.get(index % cities.size()).toLowerCase(Locale.ROOT) + "-" + (index / cities.size() + 1))
                .toList();
    }

    private List<NodeSettings> open(Path folder, DatabaseSettings databases) {
        List<Integer> cities = List.copyOf(assortment.cityNames().keySet());
        List<String> names = names();
        List<Set<Integer>> served = new ArrayList<>();
        List<String> peers = new ArrayList<>();
        for (int index = 0; index < nodes; index++) {
            served.add(
                    nodes < cities.size()
                            ? assortment.cityNames().keySet()
                            : Set.of(cities.get(index % cities.size())));
            peers.add(HOST + ":" + discoveryPort(index));
        }
        List<NodeSettings> settings = new ArrayList<>();
        for (int index = 0; index < nodes; index++) {
            settings.add(new NodeSettings(
                    names.get(index),
                    served.get(index),
                    HOST,
                    thinPort + index,
                    discoveryPort(index),
                    communicationPort(index),
                    peers,
                    names,
                    folder.resolve("nodes").resolve(names.get(index)),
                    (long) regionMegabytes << 20,
                    goal,
                    CityLoss.HAND_OVER,
                    mode,
                    wanLatency,
                    databases,
                    true));
        }
        return settings;
    }
}
