package io.citygrid.grid.outbox;

import io.citygrid.model.outbox.ReplicationLogEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** The newest rows of the replication log. */
public final class LogPage {
    /** A row. */
    public static final class Row {
        private final long id;
        private final ReplicationLogEntry entry;

        Row(long id, ReplicationLogEntry entry) {
            this.id = id;
            this.entry = entry;
        }

        public long id() {
            return id;
        }

        public ReplicationLogEntry entry() {
            return entry;
        }
    }

    private final ArrayList<Row> rows = new ArrayList<>();

    /** The last {@code limit} of {@code byId}. */
    LogPage(NavigableMap<Long, ReplicationLogEntry> byId, int limit) {
        for (Map.Entry<Long, ReplicationLogEntry> row : byId.descendingMap().entrySet()) {
            if (rows.size() < limit) {
                rows.add(new Row(row.getKey(), row.getValue()));
            }
        }
    }

    /** Newest first. */
    public List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }
}
