package io.citygrid.model.status;

import io.citygrid.model.Moments;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;

/** Whether the whole grid is closed because a backup is being brought back, and how far that is. */
public final class GridClosing {
    /** What may go on. */
    public enum State {
        /** Everything. */
        OPEN,
        /** Nothing new is sold; databases are told what they have not been told yet. */
        NO_SALES,
        /** Nobody but the restore itself reads or writes. */
        CLOSED,
        /** As {@link #CLOSED}; the restore has stopped in the middle, and waits for a person to run it again. */
        STOPPED
    }

    private final State state;
    private final String message;
    private final UUID runId;
    private final UUID nodeId;
    private final boolean postgresComplete;
    private final boolean destroyed;
    private final Timestamp since;

    /**
     * @param message for people, in a sentence without a full stop
     * @param runId of the restore
     * @param nodeId of the node that carries it out, one run of it
     * @param postgresComplete whether PostgreSQL has every sale that a register was told of
     * @param destroyed whether rows of the grid may be gone already, so that the restore has to be carried through
     */
    public GridClosing(
            State state,
            String message,
            UUID runId,
            UUID nodeId,
            boolean postgresComplete,
            boolean destroyed,
            Instant since) {
        this.state = state;
        this.message = message;
        this.runId = runId;
        this.nodeId = nodeId;
        this.postgresComplete = postgresComplete;
        this.destroyed = destroyed;
        this.since = Moments.column(since);
    }

    public State state() {
        return state;
    }

    public String message() {
        return message;
    }

    public UUID runId() {
        return runId;
    }

    public UUID nodeId() {
        return nodeId;
    }

    public boolean postgresComplete() {
        return postgresComplete;
    }

    public boolean destroyed() {
        return destroyed;
    }

    /** When it came to this state. */
    public Instant since() {
        return since.toInstant();
    }
}
