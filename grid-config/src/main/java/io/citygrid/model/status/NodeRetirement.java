package io.citygrid.model.status;

import io.citygrid.model.Moments;
import java.sql.Timestamp;
import java.time.Instant;

/** Says that a node was taken out of the grid for good. Its name is the key. */
public final class NodeRetirement {
    private final Timestamp since;

    public NodeRetirement(Instant since) {
        this.since = Moments.column(since);
    }

    public Instant since() {
        return since.toInstant();
    }

    /** Re-checks what the constructor promises: the binary reader skips it. */
    private Object readResolve() {
        if (since == null) {
            throw new IllegalStateException("a retirement without its moment");
        }
        return new NodeRetirement(since.toInstant());
    }
}
