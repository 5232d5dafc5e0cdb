package io.citygrid.security.plugin;

import io.citygrid.security.Users;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.ignite.internal.GridKernalContext;
import org.apache.ignite.internal.processors.odbc.ClientListenerProcessor;
import org.apache.ignite.internal.processors.timeout.GridTimeoutProcessor.CancelableTask;
import org.apache.ignite.spi.systemview.view.ClientConnectionView;
import org.apache.ignite.spi.systemview.view.SystemView;
import org.jspecify.annotations.Nullable;
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
    private @Nullable CancelableTask looking;

    RemovedUsers(GridKernalContext context, Users users) {
        this.context = context;
        this.users = users;
    }

    /** Looks from now on, as the node itself: whose right the end of a connection needs. */
    void start() {
        looking = context.timeout().schedule(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis());
    }

    private void look() {
        SystemView<ClientConnectionView> connections = context.systemView().view(ClientListenerProcessor.CLI_CONN_VIEW);
        if (connections == null) {
            return;
        }
        List<ClientConnectionView> strangers = new ArrayList<>();
        for (ClientConnectionView connection : connections) {
            String user = connection.user();
            if (user != null && users.find(user).isEmpty()) {
                strangers.add(connection);
            }
        }
        for (ClientConnectionView stranger : strangers) {
            if (context.clientListener().mxBean().dropConnection(stranger.connectionId())) {
                log.warn("there is no user {} any more: a connection of theirs was ended", stranger.user());
            }
        }
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.close();
        }
    }
}
