package io.citygrid.model.outbox;

import io.citygrid.model.Moments;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Rows of which a target has to learn. An entry names rows and carries no values: whoever delivers it takes the values that the
 * grid has then, so delivering it late, twice or after a newer change does no harm.
 */
public final class OutboxEntry {
    /** One row, and the version that it has at least once the entry's own grid transaction has committed. */
    public static final class Row {
        private final String table;
        private final Object key;
        private final long version;

        public Row(String table, Object key, long version) {
            this.table = table;
            this.key = key;
            this.version = version;
        }

        public String table() {
            return table;
        }

        public Object key() {
            return key;
        }

        /** 0 if nothing is known of it. */
        public long version() {
            return version;
        }
    }

    private final String target;
    private final ArrayList<Row> rows;
    private final boolean committed;
    private final String reason;
    private final Timestamp queuedAt;

    /**
     * @param target its name
     * @param committed whether the entry came with the transaction that wrote its rows, none of which is ever removed; else
     *     only the rows' locks tell what is true of them
     * @param reason why the target could not be told at once
     */
    public OutboxEntry(String target, List<Row> rows, boolean committed, String reason, Instant queuedAt) {
        this.target = target;
        this.rows = new ArrayList<>(rows);
        this.committed = committed;
        this.reason = reason;
        this.queuedAt = Moments.column(queuedAt);
    }

    public String target() {
        return target;
    }

    public List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    public boolean committed() {
        return committed;
    }

    public String reason() {
        return reason;
    }

    public Instant queuedAt() {
        return queuedAt.toInstant();
    }
}
