package io.citygrid.grid.outbox;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseRefusal.Kind;
import io.citygrid.durability.PgWriter;
import io.citygrid.durability.PgWriter.Mode;
import io.citygrid.durability.WriteSet;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.model.CityFragment;
import io.citygrid.model.outbox.OutboxEntry;
import io.citygrid.model.outbox.OutboxEntry.Row;
import io.citygrid.model.outbox.OutboxKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells PostgreSQL what the grid holds of the rows that outbox entries name: written if they are there, deleted if not. Each
 * node drains the fragments of which it is the primary, so the work follows the data when a node is lost.
 */
public final class OutboxDrainer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutboxDrainer.class);

    private final Ignite node;
    private final PgWriter writer;
    private final Rounds rounds;

    public OutboxDrainer(Ignite node, PgWriter writer) {
        this.node = node;
        this.writer = writer;
        this.rounds = new Rounds("outbox-drainer-" + node.name(), this::round);
    }

    public void start() {
        rounds.start();
    }

    private boolean round() {
        Iterable<Cache.Entry<OutboxKey, OutboxEntry>> waiting =
                GridCaches.OUTBOX.on(node).localEntries(CachePeekMode.PRIMARY);
        boolean all = true;
        for (Cache.Entry<OutboxKey, OutboxEntry> entry : StreamSupport.stream(waiting.spliterator(), false)
                .sorted(Comparator.comparing(next -> next.getValue().queuedAt()))
                .limit(Rounds.BATCH_MAX)
                .toList()) {
            all &= drain(entry.getKey());
        }
        return all;
    }

    private boolean drain(OutboxKey key) {
        int cityId = CityFragment.cityOf(key.cityFragment());
        if (writer.databases().lost(cityId) && !writer.databases().answers(cityId)) {
            return false;
        }
        try {
            return GridTransaction.run(node, transaction -> drain(transaction, key));
        } catch (DatabaseRefusal refusal) {
            if (refusal.kind() == Kind.REFUSED) {
                log.error("PostgreSQL refuses outbox entry {}: {}", key, refusal.getMessage(), refusal.getCause());
            }
            return false;
        } catch (RuntimeException later) {
            // One entry that cannot be told now must not keep the others waiting.
            log.debug("outbox entry {} waits", key, later);
            return false;
        }
    }

    /** Holds the rows' locks while PostgreSQL is told, so that no sale can write them in between. */
    private boolean drain(GridTransaction transaction, OutboxKey key) {
        OutboxEntry entry = transaction.lock(GridCaches.OUTBOX, key);
        if (entry == null) {
            return true;
        }
        WriteSet current = new WriteSet();
        for (Row row : inLockOrder(entry.rows())) {
            current.put(row.table(), row.key(), value(transaction, row).orElse(null));
        }
        writer.write(current, CityFragment.cityOf(key.cityFragment()), Mode.REPLACE);
        transaction.remove(GridCaches.OUTBOX, key);
        log.info("PostgreSQL was told again of {} rows: {}", entry.rows().size(), entry.reason());
        return true;
    }

    @SuppressWarnings("unchecked")
    private static Optional<Object> value(GridTransaction transaction, Row row) {
        GridCache<Object, Object> cache = (GridCache<Object, Object>) GridCaches.named(row.table());
        return Optional.ofNullable(transaction.lock(cache, row.key()));
    }

    /** The order in which a sale locks: what tells sales apart first, then stock by key, the store's counter last. */
    @SuppressWarnings("unchecked")
    private static List<Row> inLockOrder(List<Row> rows) {
        List<String> tables = List.of(
                GridCaches.ORDER_MAPPING.name(),
                GridCaches.STOCK_MOVEMENTS.name(),
                GridCaches.INVENTORY.name(),
                GridCaches.STORE_COUNTERS.name(),
                GridCaches.CUSTOMERS.name(),
                GridCaches.CUSTOMER_CONTACTS.name());
        int others = tables.size();
        return rows.stream()
                .sorted(Comparator.<Row>comparingInt(row -> {
                            int position = tables.indexOf(row.table());
                            return position < 0 ? others : position;
                        })
                        .thenComparing(Row::table)
                        .thenComparing(Row::key, (a, b) -> ((Comparable<Object>) a).compareTo(b)))
                .toList();
    }

    @Override
    public void close() {
        rounds.close();
    }
}
