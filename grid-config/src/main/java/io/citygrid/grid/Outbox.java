package io.citygrid.grid;

import io.citygrid.durability.WriteSet;
import io.citygrid.model.CityKey;
import io.citygrid.model.Moments;
import io.citygrid.model.outbox.OutboxEntry;
import io.citygrid.model.outbox.OutboxEntry.Row;
import io.citygrid.model.outbox.OutboxKey;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.ignite.Ignite;

/** Puts entries into the outbox; the drainer takes them out. */
public final class Outbox {
    private Outbox() {}

    /**
     * Notes that PostgreSQL has to be told about the rows of {@code written}, which all lie in one city fragment. Inside a grid
     * transaction the entry is part of it. Rows of reference data are left to whoever merges them again.
     */
    public static void put(Ignite node, WriteSet written, String reason) {
        List<Row> rows = new ArrayList<>();
        written.keys().forEach((table, keys) -> {
            for (Object key : keys) {
                if (key instanceof CityKey) {
                    rows.add(new Row(table, key));
                }
            }
        });
        if (!rows.isEmpty()) {
            int fragment = ((CityKey) rows.get(0).key()).cityFragment();
            GridCaches.OUTBOX
                    .on(node)
                    .put(new OutboxKey(fragment, UUID.randomUUID()), new OutboxEntry(rows, reason, Moments.now()));
        }
    }
}
