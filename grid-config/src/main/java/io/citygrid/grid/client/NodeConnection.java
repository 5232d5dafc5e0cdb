package io.citygrid.grid.client;

import io.citygrid.security.GridLogin;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ignite.Ignition;
import org.apache.ignite.client.ClientAuthenticationException;
import org.apache.ignite.client.IgniteClient;
import org.apache.ignite.configuration.ClientConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thin clients of one node: one for tasks and cache reads, one with a longer limit for queries. A client with several
 * addresses would keep a frozen node in its rotation until every thread hangs on it.
 */
final class NodeConnection {
    private static final Logger log = LoggerFactory.getLogger(NodeConnection.class);

    private record Clients(IgniteClient commands, IgniteClient queries) {}

    private final String address;
    private final GridClientSettings settings;
    private final Greeting greeting;
    private final Executor executor;
    private final AtomicReference<@Nullable Clients> clients = new AtomicReference<>();
    private final AtomicBoolean connecting = new AtomicBoolean();
    private volatile boolean loginRefused;
    private volatile boolean closed;
    private volatile boolean met;
    private volatile String refusal = "";
    private volatile long quarantinedUntilNanos = System.nanoTime();

    NodeConnection(String address, GridClientSettings settings, Greeting greeting, Executor executor) {
        this.address = address;
        this.settings = settings;
        this.greeting = greeting;
        this.executor = executor;
    }

    String address() {
        return address;
    }

    boolean connected() {
        return clients.get() != null;
    }

    /** Why the node did not let this program in at the last try, in a sentence; empty if it did or is not there. */
    String refusal() {
        return refusal;
    }

    /** Whether the node said last that it does not know the user, or the password is another. */
    boolean loginRefused() {
        return loginRefused;
    }

    /** The client for tasks and cache reads, if the node is connected. */
    @Nullable
    IgniteClient commands() {
        Clients open = clients.get();
        return open == null ? null : open.commands;
    }

    /** The client for SQL, if the node is connected. */
    @Nullable
    IgniteClient queries() {
        Clients open = clients.get();
        return open == null ? null : open.queries;
    }

    /** Connects unless connected, connecting or in quarantine. */
    void connectIfLost() {
        if (closed
                || connected()
                || System.nanoTime() - quarantinedUntilNanos < 0
                || !connecting.compareAndSet(false, true)) {
            return;
        }
        try {
            // Programs and nodes are slow at their first handshake.
            Greeting.Echo echo = greeting.greet(address, met ? GridClientSettings.PROBE : GridClientSettings.REQUEST);
            if (echo == Greeting.Echo.ANSWER) {
                connect();
                met = true;
                refusal = "";
            } else {
                quarantine();
                // A frozen node would keep whoever asks it for reasons waiting.
                refusal = echo == Greeting.Echo.END || !met
                        ? greeting.refusal(address).orElse("")
                        : "";
            }
        } catch (ClientAuthenticationException refused) {
            loginRefused = true;
            log.debug("node {} refused the login", address);
            quarantine();
        } catch (RuntimeException refused) {
            log.debug("node {} refused the connection: {}", address, refused.getMessage());
            quarantine();
            refusal = greeting.refusal(address).orElse("");
        } finally {
            connecting.set(false);
        }
    }

    private void connect() {
        IgniteClient commands = Ignition.startClient(configuration(GridClientSettings.REQUEST));
        try {
            clients.set(new Clients(commands, Ignition.startClient(configuration(GridClientSettings.QUERY))));
        } catch (RuntimeException refused) {
            commands.close();
            throw refused;
        }
        loginRefused = false;
        log.debug("connected to node {}", address);
        if (closed) {
            close();
        }
    }

    private ClientConfiguration configuration(Duration timeout) {
        ClientConfiguration configuration = new ClientConfiguration()
                .setAddresses(address)
                .setPartitionAwarenessEnabled(false)
                .setClusterDiscoveryEnabled(false)
                .setTimeout((int) timeout.toMillis())
                // The default is the common pool: one worker on two processors, and a frozen node can block it.
                .setAsyncContinuationExecutor(executor);
        greeting.configure(configuration);
        GridLogin login = settings.login();
        if (login != null) {
            configuration.setUserName(login.user()).setUserPassword(login.password());
        }
        return configuration;
    }

    /**
     * Whether the node answers at all. A frozen node's socket still accepts connections, so only a byte that comes back counts.
     */
    boolean answers() {
        return greeting.greet(address, GridClientSettings.PROBE) == Greeting.Echo.ANSWER;
    }

    /** Gives the node's clients up; whoever waits on them is released. */
    void drop(String reason) {
        Clients dropped = clients.getAndSet(null);
        quarantine();
        if (dropped != null) {
            log.info("node {} is left alone for {} s: {}", address, GridClientSettings.QUARANTINE.toSeconds(), reason);
            executor.execute(() -> close(dropped));
        }
    }

    private void quarantine() {
        quarantinedUntilNanos = System.nanoTime() + GridClientSettings.QUARANTINE.toNanos();
    }

    void close() {
        closed = true;
        Clients open = clients.getAndSet(null);
        if (open != null) {
            close(open);
        }
    }

    private static void close(Clients open) {
        for (IgniteClient client : new IgniteClient[] {open.commands, open.queries}) {
            try {
                client.close();
            } catch (RuntimeException alreadyBroken) {
                log.debug("closing a client: {}", alreadyBroken.getMessage());
            }
        }
    }
}
