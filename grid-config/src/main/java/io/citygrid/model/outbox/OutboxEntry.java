package io.citygrid.model.outbox;

import io.citygrid.model.Moments;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Rows whose current value a database has to be told: written if the grid has them, deleted if it has not. An entry names
 * rows and carries no values, so applying it late, twice or after a newer change does no harm.
 */
public final class OutboxEntry {
    /** One row. */
    public static final class Row {
        private final String table;
        private final Object key;

        public Row(String table, Object key) {
            this.table = table;
            this.key = key;
        }

        public String table() {
            return table;
        }

        public Object key() {
            return key;
        }
    }

    private final ArrayList<Row> rows;
    private final String reason;
    private final Timestamp queuedAt;

    public OutboxEntry(List<Row> rows, String reason, Instant queuedAt) {
        this.rows = new ArrayList<>(rows);
        this.reason = reason;
        this.queuedAt = Moments.column(queuedAt);
    }

    public List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    public String reason() {
        return reason;
    }

    public Instant queuedAt() {
        return queuedAt.toInstant();
    }
}
