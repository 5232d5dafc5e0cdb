package io.citygrid.grid;

import io.citygrid.durability.CityDatabases;
import io.citygrid.durability.WriteSet;
import io.citygrid.model.CityFragment;
import io.citygrid.model.CityKey;
import io.citygrid.model.Moments;
import io.citygrid.model.outbox.OutboxEntry;
import io.citygrid.model.outbox.OutboxEntry.Row;
import io.citygrid.model.outbox.OutboxKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts entries into the outbox; the drainer takes them out. */
public final class Outbox {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /** Entries that could not be put and wait in memory. */
    private static final int NOT_YET_PUT_MAX = 1_000;

    /** An entry that could not be put. */
    private record NotYetPut(WriteSet rows, String reason) {}

    private Outbox() {}

    /**
     * Inside the grid transaction that writes {@code written}: {@code target}, which is not PostgreSQL, learns of these rows
     * afterwards.
     *
     * @param entryId that of PostgreSQL's entry; the one for another target follows from it
     * @param written of one city fragment
     */
    static void put(Ignite node, String target, UUID entryId, WriteSet written, String reason) {
        UUID id = UUID.nameUUIDFromBytes((target + entryId).getBytes(StandardCharsets.UTF_8));
        OutboxEntry entry = new OutboxEntry(target, rows(written), written.isNeverRemoved(), reason, Moments.now());
        GridCaches.OUTBOX.on(node).put(new OutboxKey(fragment(written), id), entry);
    }

    /**
     * Inside the grid transaction that writes {@code rows}: PostgreSQL learns of them afterwards.
     *
     * @param rows by the id of the entry that names them; rows of several city fragments make as many entries
     * @return the keys of the entries
     */
    static Set<OutboxKey> putAll(Ignite node, Map<UUID, WriteSet> rows, String reason) {
        TreeMap<OutboxKey, OutboxEntry> entries = new TreeMap<>();
        Instant now = Moments.now();
        rows.forEach((id, written) -> written.byFragment()
                .forEach(part -> entries.put(
                        new OutboxKey(fragment(part), id),
                        new OutboxEntry(CityDatabases.NAME, rows(part), part.isNeverRemoved(), reason, now))));
        GridCaches.OUTBOX.on(node).putAll(entries);
        return entries.keySet();
    }

    /**
     * Notes that PostgreSQL may differ from the grid in the rows of {@code doubtful}, which all lie in one city fragment: it is
     * told what the grid has of them, and that it has none.
     */
    public static void putDoubtful(Ignite node, WriteSet doubtful, String reason) {
        OutboxEntry entry = new OutboxEntry(CityDatabases.NAME, rows(doubtful), false, reason, Moments.now());
        GridCaches.OUTBOX.on(node).put(new OutboxKey(fragment(doubtful), UUID.randomUUID()), entry);
    }

    /** As {@link #putDoubtful}; if the grid does not take the entry now, it is kept in memory and put later. */
    static void putDoubtfulOrLater(Ignite node, WriteSet doubtful, String reason, RuntimeException failure) {
        try {
            putDoubtful(node, doubtful, reason);
        } catch (CacheException | IgniteException later) {
            failure.addSuppressed(later);
            if (notYetPut(node).offer(new NotYetPut(doubtful, reason))) {
                log.warn(
                        "PostgreSQL may differ from the grid in {}, which is noted as soon as possible",
                        doubtful.keys());
            } else {
                log.error(
                        "PostgreSQL may differ from the grid in {}: run ./pos load reconcile",
                        doubtful.keys(),
                        failure);
            }
        }
    }

    /** Puts the entries that could not be put before; stops at the first that still cannot. */
    public static void putNotYetPut(Ignite node) {
        Queue<NotYetPut> waiting = notYetPut(node);
        for (NotYetPut next = waiting.peek(); next != null; next = waiting.peek()) {
            putDoubtful(node, next.rows(), next.reason());
            waiting.remove();
        }
    }

    private static Queue<NotYetPut> notYetPut(Ignite node) {
        return node.cluster()
                .<String, Queue<NotYetPut>>nodeLocalMap()
                .computeIfAbsent(Outbox.class.getName(), unused -> new ArrayBlockingQueue<>(NOT_YET_PUT_MAX));
    }

    private static int fragment(WriteSet written) {
        int[] fragment = {CityFragment.CENTRAL};
        written.forEach((table, key, value) -> {
            if (key instanceof CityKey own) {
                fragment[0] = own.cityFragment();
            }
        });
        return fragment[0];
    }

    private static List<Row> rows(WriteSet written) {
        List<Row> rows = new ArrayList<>();
        written.forEach((table, key, value) ->
                rows.add(new Row(table, key, value == null ? 0 : WriteSet.version(table, value))));
        return rows;
    }
}
