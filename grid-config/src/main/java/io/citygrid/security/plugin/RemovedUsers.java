package io.citygrid.security.plugin;

import io.citygrid.security.Users;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.processors.odbc.ClientListenerProcessor;
import org.apache.ignite.spi.systemview.view.ClientConnectionView;
import org.apache.ignite.spi.systemview.view.SystemView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the connections of users who are not in the file any more. Whatever they ask for is refused anyway; but what they asked for
 * before, as a continuous query, would go on telling them rows.
 */
final class RemovedUsers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RemovedUsers.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final GridKernalContext context;
    private final Users users;
    private final ScheduledExecutorService looking;
    private Set<Long> strangers = Set.of();

    RemovedUsers(GridKernalContext context, Users users) {
        this.context = context;
        this.users = users;
        this.looking = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "removed-users");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Looks from now on, as the node itself: whose right the end of a connection needs. */
    void start() {
        looking.scheduleWithFixedDelay(
                this::lookOrLater, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookOrLater() {
        try {
            look();
        } catch (RuntimeException later) {
            log.warn("whether removed users are still connected is looked at again", later);
        }
    }

    private void look() {
        SystemView<ClientConnectionView> connections = context.systemView().view(ClientListenerProcessor.CLI_CONN_VIEW);
        if (connections == null) {
            return;
        }
        // A file that is being copied may lack somebody for a moment, so only who lacks twice is gone.
        Set<Long> seen = new HashSet<>();
        for (ClientConnectionView connection : connections) {
            String user = connection.user();
            if (user != null && users.find(user).isEmpty()) {
                seen.add(connection.connectionId());
                if (strangers.contains(connection.connectionId())
                        && context.clientListener().mxBean().dropConnection(connection.connectionId())) {
                    log.warn("there is no user {} any more: a connection of theirs was ended", user);
                }
            }
        }
        strangers = seen;
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
