package io.citygrid.grid.backup;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks the oldest data node to make or bring back a backup, or how far it is with that. */
public final class RunRequest {
    /** What is to be done. */
    public enum Work {
        /** The cluster's snapshot and a dump of each database. */
        BACKUP,
        /** As {@link #BACKUP}, as an increment on the newest full one. */
        INCREMENT,
        /** Brings a backup back; afterwards PostgreSQL's rows are the grid's. */
        ROLL_FORWARD,
        /** Brings a backup back; afterwards its rows are PostgreSQL's. */
        ROLL_BACK,
        /** Gives up a restore that stopped in the middle: the grid is opened empty, to be filled from PostgreSQL. */
        ABANDON;

        /** Whether the grid is closed for it. */
        public boolean closes() {
            return this == ROLL_FORWARD || this == ROLL_BACK || this == ABANDON;
        }
    }

    private final UUID runId;
    private final Work work;
    private final String name;
    private final int increment;
    private final @Nullable String folder;
    private final boolean begin;

    private RunRequest(UUID runId, Work work, String name, int increment, @Nullable String folder, boolean begin) {
        this.runId = runId;
        this.work = work;
        this.name = name;
        this.increment = increment;
        this.folder = folder;
        this.begin = begin;
    }

    /**
     * A new run.
     *
     * @param name of the backup; empty for a name of its own when one is made
     * @param increment which state is brought back; 0 is the full backup
     * @param folder on the node's machine, in place of its own folder of backups; {@code null} for that
     */
    public static RunRequest begin(Work work, String name, int increment, @Nullable String folder) {
        return new RunRequest(UUID.randomUUID(), work, name, increment, folder, true);
    }

    /** The question how far it is. */
    public RunRequest howFar() {
        return new RunRequest(runId, work, name, increment, folder, false);
    }

    public UUID runId() {
        return runId;
    }

    public Work work() {
        return work;
    }

    public String name() {
        return name;
    }

    public int increment() {
        return increment;
    }

    public @Nullable String folder() {
        return folder;
    }

    /** Whether it is to be begun if it is not known. */
    public boolean isToBegin() {
        return begin;
    }
}
