package io.citygrid.grid.outbox;

import io.citygrid.durability.WriteSet;
import io.citygrid.model.outbox.OutboxKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Outbox entries for one destination, with the values of their rows. */
final class OutboxBatch {
    /** Rows that one batch writes at most for each of its entries, besides those of its last entry. */
    private static final int ROWS_FOR_ENTRY_MAX = 10;

    private final Map<OutboxKey, WriteSet> entries = new LinkedHashMap<>();
    private final WriteSet rows = new WriteSet();

    /**
     * Where a batch goes.
     *
     * @param target the name of the target
     */
    record Destination(String target, int cityId) {}

    void add(OutboxKey entry, WriteSet values) {
        entries.put(entry, values);
        rows.addNewer(values);
    }

    boolean isFull(int entriesMax) {
        return entries.size() >= entriesMax || rows.size() >= entriesMax * ROWS_FOR_ENTRY_MAX;
    }

    /** Of its first entry: the replication log has one row for a batch. */
    int fragment() {
        return entries.keySet().iterator().next().cityFragment();
    }

    Set<OutboxKey> entries() {
        return entries.keySet();
    }

    void forEachEntry(BiConsumer<OutboxKey, WriteSet> action) {
        entries.forEach(action);
    }

    /** Of all entries, each row once and at its newest version. */
    WriteSet rows() {
        return rows;
    }
}
