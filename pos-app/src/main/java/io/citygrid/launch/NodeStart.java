package io.citygrid.launch;

import io.citygrid.grid.node.GridNode;
import io.citygrid.grid.node.NodeSettings;
import org.jspecify.annotations.Nullable;

/** Starts a node, and says in one line what to do when it cannot be started. */
public final class NodeStart {
    private NodeStart() {}

    /** @throws CannotStart if it cannot join its cluster */
    public static GridNode start(NodeSettings settings) {
        try {
            return GridNode.start(settings);
        } catch (RuntimeException failed) {
            throw new CannotStart("node " + settings.name() + " did not start: " + advice(settings, failed), failed);
        }
    }

    private static String advice(NodeSettings settings, Throwable failed) {
        String reason = String.valueOf(failed.getMessage());
        for (@Nullable Throwable cause = failed; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("cache configuration loading")) {
                return "its data in " + settings.directory()
                        + " was made by another version of the program; make the data"
                        + " anew, in the demo with --fresh";
            }
            if (message.contains("Failed to bind")) {
                return "a port of it is in use (" + message.lines().findFirst().orElse("")
                        + "); stop what uses it, or choose others with --thin-port, --discovery-port and"
                        + " --communication-port";
            }
            reason = message;
        }
        return reason.lines().findFirst().orElse("no reason given");
    }
}
