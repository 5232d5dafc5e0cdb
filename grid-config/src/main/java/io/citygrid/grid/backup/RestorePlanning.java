package io.citygrid.grid.backup;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.Databases;
import io.citygrid.durability.PgDump;
import io.citygrid.durability.PgReader;
import io.citygrid.grid.Closing;
import io.citygrid.grid.GridCaches;
import io.citygrid.model.status.GridClosing;
import io.citygrid.model.store.StoreCounter;
import io.citygrid.model.store.StoreKey;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.cache.query.QueryCursor;
import org.apache.ignite.cache.query.ScanQuery;

/** Finds out what a restore would do, and changes nothing. */
final class RestorePlanning {
    private static final Duration COUNTED_WITHIN = Duration.ofSeconds(5);

    private final Ignite node;
    private final Databases databases;

    RestorePlanning(Ignite node, Databases databases) {
        this.node = node;
        this.databases = databases;
    }

    RestorePlan plan(RunRequest request) {
        try {
            Manifest manifest = Restore.manifest(node, request);
            new RestoreCheck(node, databases, request.name(), request.increment()).require(manifest);
            Manifest.Point point = manifest.point(request.increment()).orElseThrow();
            long then = point.databases().stream()
                    .flatMap(database -> database.receipts().stream())
                    .mapToLong(PgDump.Receipts::lastOrderNo)
                    .sum();
            return new RestorePlan(null, point.begun(), receipts(), then, waiting(), lacking());
        } catch (NotPossible | DatabaseRefusal refused) {
            return RestorePlan.refused(String.valueOf(refused.getMessage()));
        }
    }

    /** Whether PostgreSQL may have lost sales already: an earlier restore stopped in the middle, and it had not all or was rolled back. */
    private boolean lacking() {
        return Closing.of(node)
                .filter(closing -> closing.state() != GridClosing.State.OPEN)
                .filter(closing -> closing.destroyed() && !closing.postgresComplete())
                .isPresent();
    }

    private long receipts() {
        Map<StoreKey, Long> last = new HashMap<>();
        PgReader reader = new PgReader(databases);
        for (int home : databases.settings().urls().keySet()) {
            last.putAll(reader.read(home, connection -> {
                Map<StoreKey, Long> stored = new HashMap<>();
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery(
                                "SELECT city_fragment / 16, store_id, last_order_no FROM store_counters")) {
                    while (row.next()) {
                        stored.put(new StoreKey(row.getInt(1), row.getInt(2)), row.getLong(3));
                    }
                }
                return stored;
            }));
        }
        if (node.cacheNames().contains(GridCaches.STORE_COUNTERS.name())) {
            try (QueryCursor<Cache.Entry<StoreKey, StoreCounter>> counters =
                    GridCaches.STORE_COUNTERS.on(node).query(new ScanQuery<StoreKey, StoreCounter>())) {
                counters.forEach(counter ->
                        last.merge(counter.getKey(), counter.getValue().lastOrderNo(), Math::max));
            }
        }
        return last.values().stream().mapToLong(Long::longValue).sum();
    }

    private long waiting() {
        return node.cacheNames().contains(GridCaches.OUTBOX.name())
                ? GridCaches.OUTBOX
                        .on(node)
                        .sizeLongAsync(CachePeekMode.PRIMARY)
                        .get(COUNTED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                : 0;
    }
}
