package io.citygrid.grid.leave;

import java.util.UUID;

/** Asks one run of a node to leave the cluster. */
public final class LeaveRequest {
    private final UUID nodeId;
    private final boolean comesBack;

    /**
     * @param nodeId of this run: an answer that was lost may be asked for again without stopping the next run
     * @param comesBack whether its supervisor is to start it again
     */
    public LeaveRequest(UUID nodeId, boolean comesBack) {
        this.nodeId = nodeId;
        this.comesBack = comesBack;
    }

    public UUID nodeId() {
        return nodeId;
    }

    public boolean comesBack() {
        return comesBack;
    }
}
