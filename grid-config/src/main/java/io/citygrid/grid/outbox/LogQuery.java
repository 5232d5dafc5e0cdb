package io.citygrid.grid.outbox;

import io.citygrid.model.outbox.ReplicationStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which rows of the replication log to show. */
public final class LogQuery {
    /** Rows of one answer. */
    public static final int LIMIT_MAX = 1_000;

    private final @Nullable ReplicationStatus status;
    private final int limit;

    /**
     * @param status {@code null} for all
     * @param limit how many rows, the newest
     */
    public LogQuery(@Nullable ReplicationStatus status, int limit) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("an answer has 1 to " + LIMIT_MAX + " rows, not " + limit);
        }
        this.status = status;
        this.limit = limit;
    }

    public Optional<ReplicationStatus> status() {
        return Optional.ofNullable(status);
    }

    public int limit() {
        return limit;
    }
}
