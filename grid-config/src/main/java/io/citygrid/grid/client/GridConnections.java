package io.citygrid.grid.client;

import io.citygrid.grid.topology.Topology;
import io.citygrid.security.GridLogin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ignite.client.ClientConnectionException;
import org.apache.ignite.client.IgniteClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to all known nodes, kept up in the background, and the order in which to ask them. */
final class GridConnections implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GridConnections.class);

    private final GridClientSettings settings;
    private final Greeting greeting;
    private final ExecutorService executor;
    private final ScheduledExecutorService upkeep;
    private final Map<String, NodeConnection> connections = new LinkedHashMap<>();
    private volatile @Nullable Topology topology;
    private volatile Map<Integer, List<String>> ownerAddresses = Map.of();

    GridConnections(GridClientSettings settings) {
        this.settings = settings;
        this.greeting = new Greeting(settings.tls());
        AtomicInteger number = new AtomicInteger();
        // Unbounded by number, bounded by use: one task per connection attempt or answer that is being waited for.
        this.executor = Executors.newCachedThreadPool(work -> daemon(work, "grid-client-" + number.incrementAndGet()));
        this.upkeep = Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "grid-client-upkeep"));
        settings.addresses().forEach(this::connection);
        keepUp();
        long millis = GridClientSettings.UPKEEP.toMillis();
        upkeep.scheduleWithFixedDelay(this::keepUpQuietly, millis, millis, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private NodeConnection connection(String address) {
        synchronized (connections) {
            return connections.computeIfAbsent(address, at -> new NodeConnection(at, settings, greeting, executor));
        }
    }

    private List<NodeConnection> all() {
        synchronized (connections) {
            return new ArrayList<>(connections.values());
        }
    }

    private void keepUpQuietly() {
        try {
            keepUp();
        } catch (RuntimeException unexpected) {
            log.warn("upkeep of the grid connections failed and will be tried again", unexpected);
        }
    }

    /** Connects what is lost, side by side so that one frozen node does not hold up the others, and renews the picture. */
    private void keepUp() {
        List<Future<?>> tries = new ArrayList<>();
        for (NodeConnection connection : all()) {
            if (!connection.connected()) {
                tries.add(executor.submit(connection::connectIfLost));
            }
        }
        for (Future<?> attempt : tries) {
            try {
                attempt.get(GridClientSettings.REQUEST.toMillis() * 2, TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException | TimeoutException later) {
                log.debug("a node is not connected yet: {}", later.toString());
            }
        }
        renewTopology();
    }

    private void renewTopology() {
        for (NodeConnection connection : all()) {
            IgniteClient client = connection.commands();
            if (client == null) {
                continue;
            }
            try {
                Topology seen = client.compute()
                        .<@Nullable Object, Topology>executeAsync2(Tasks.TOPOLOGY, null)
                        .get(GridClientSettings.TRY.toMillis(), TimeUnit.MILLISECONDS);
                accept(seen);
                return;
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception noAnswer) {
                suspect(connection, noAnswer);
            }
        }
    }

    private void accept(Topology seen) {
        Map<String, String> addresses = new HashMap<>();
        for (Topology.Node node : seen.nodes()) {
            if (!node.thinAddress().isEmpty()) {
                addresses.put(node.name(), node.thinAddress());
                connection(node.thinAddress());
            }
        }
        Map<Integer, List<String>> owners = new HashMap<>();
        for (Topology.Fragment fragment : seen.fragments()) {
            owners.put(
                    fragment.fragment(),
                    fragment.owners().stream()
                            .map(name -> addresses.getOrDefault(name, ""))
                            .toList());
        }
        ownerAddresses = owners;
        topology = seen;
        forgetAllBut(new HashSet<>(addresses.values()));
    }

    /** Nodes that were taken out of the grid would be tried for ever. */
    private void forgetAllBut(Set<String> nodes) {
        List<NodeConnection> gone = new ArrayList<>();
        synchronized (connections) {
            connections.values().removeIf(connection -> {
                boolean forgotten = !nodes.contains(connection.address())
                        && !settings.addresses().contains(connection.address())
                        && !connection.connected();
                if (forgotten) {
                    gone.add(connection);
                }
                return forgotten;
            });
        }
        gone.forEach(NodeConnection::close);
    }

    /** Whether any node is connected. */
    boolean connected() {
        return all().stream().anyMatch(NodeConnection::connected);
    }

    /** Why the nodes that are there let this program not in, when none does; empty while one is connected or none is there. */
    Optional<String> refusal() {
        List<NodeConnection> nodes = all();
        return nodes.stream().anyMatch(NodeConnection::connected)
                ? Optional.empty()
                : nodes.stream()
                        .map(NodeConnection::refusal)
                        .filter(reason -> !reason.isEmpty())
                        .findFirst();
    }

    /** Throws, if no node lets this user in: no later try would help. */
    void requireLogin() {
        if (!connected() && all().stream().anyMatch(NodeConnection::loginRefused)) {
            GridLogin login = settings.login();
            throw new NotAllowed(
                    login == null
                            ? "the grid wants a login: say who you are with --grid-login FILE or " + GridLogin.USER
                                    + " and " + GridLogin.PASSWORD_FILE
                            : "the grid knows no user " + login.user() + " with this password");
        }
    }

    /** The last picture of the cluster; {@code null} before the first connection. */
    @Nullable
    Topology topology() {
        return topology;
    }

    /**
     * The connected nodes in the order in which to ask them: those that hold {@code fragment} (its primary first), then the
     * others as configured. A fragment of 0 means no preference.
     */
    List<NodeConnection> candidates(int fragment) {
        List<String> owners = ownerAddresses.getOrDefault(fragment, List.of());
        List<NodeConnection> open = new ArrayList<>(all());
        open.removeIf(connection -> !connection.connected());
        open.sort(Comparator.comparingInt(connection -> {
            int rank = owners.indexOf(connection.address());
            return rank < 0 ? Integer.MAX_VALUE : rank;
        }));
        return open;
    }

    /** Called when a node did not answer properly: gives it up unless it still answers a handshake. */
    void suspect(NodeConnection connection, Throwable why) {
        boolean closed = why instanceof ClientConnectionException
                || why.getCause() instanceof ClientConnectionException
                || String.valueOf(why.getMessage()).contains("Channel is closed");
        if (closed || !connection.answers()) {
            connection.drop(closed ? "its connection is closed" : "it does not answer");
        }
    }

    @Override
    public void close() {
        upkeep.shutdownNow();
        all().forEach(NodeConnection::close);
        executor.shutdownNow();
    }
}
