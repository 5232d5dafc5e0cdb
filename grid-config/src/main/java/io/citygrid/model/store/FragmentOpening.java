package io.citygrid.model.store;

import io.citygrid.model.Moments;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;

/** Whether the stores of a city fragment may sell, since the grid and PostgreSQL were compared there or could not be. */
public final class FragmentOpening {
    /** How far it is. */
    public enum State {
        /** Being compared; sales wait. */
        RECONCILING,
        /** Compared, and equal. */
        OPEN,
        /** PostgreSQL was out of reach: sales go on, and it is compared when PostgreSQL is back. */
        OPEN_UNCHECKED,
        /** The two differ in a way that a person has to look at, or the grid has to be filled first. */
        SHUT;

        /** Whether stores may sell. */
        public boolean sells() {
            return this == OPEN || this == OPEN_UNCHECKED;
        }
    }

    private final State state;
    private final String message;
    private final UUID nodeId;
    private final Timestamp since;

    /**
     * @param message for people, in a sentence without a full stop
     * @param nodeId the node that says so, one run of it
     */
    public FragmentOpening(State state, String message, UUID nodeId, Instant since) {
        this.state = state;
        this.message = message;
        this.nodeId = nodeId;
        this.since = Moments.column(since);
    }

    public State state() {
        return state;
    }

    public String message() {
        return message;
    }

    public UUID nodeId() {
        return nodeId;
    }

    public Instant since() {
        return since.toInstant();
    }
}
