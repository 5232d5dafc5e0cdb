package io.citygrid.grid.check;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.Databases;
import io.citygrid.durability.PgReader;
import io.citygrid.durability.PgTable;
import io.citygrid.durability.PgTables;
import io.citygrid.durability.UnreadableRow;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.BoundedReads;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.reconcile.Comparison;
import io.citygrid.grid.reconcile.FragmentOutbox;
import io.citygrid.grid.reconcile.TableReport;
import io.citygrid.model.order.OrderMapping;
import io.citygrid.model.order.OrderMappingKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL has what the grid has, but for what an outbox entry names. Rows that differ at first, because they are being written, are
 * compared once more while their locks keep them as they are.
 */
final class PostgresCheck {
    /** Rows that are locked together; PostgreSQL answers within a second. */
    private static final int LOCKED_MAX = 50;

    /** Rows of a table that are looked at again. */
    private static final int SUSPECTS_MAX = 500;

    /** The central database learns of an order about a second after its sale. */
    private static final Duration ARRIVED_WITHIN = Duration.ofSeconds(10);

    private static final long LOOK_EVERY_MILLIS = 250;

    private final Ignite node;
    private final int fragment;
    private final int cityId;
    private final Findings findings;
    private final LongAdder rows;
    private final Databases databases;
    private final PgReader reader;
    private final FragmentOutbox outbox;

    /** @param cityId whose database is compared; 0 for the central one and the reference tables */
    PostgresCheck(Ignite node, int cityId, int fragment, Findings findings, LongAdder rows) {
        this.node = node;
        this.cityId = cityId;
        this.fragment = fragment;
        this.findings = findings;
        this.rows = rows;
        this.databases = WriteThrough.of(node).databases();
        this.reader = new PgReader(databases);
        this.outbox = new FragmentOutbox(node, fragment);
    }

    /** What is done with a database that may be out of reach. */
    interface Work {
        void run();
    }

    /** Runs {@code work}, or says that the database of {@code home} could not be asked. */
    void orSayThatItIsOutOfReach(int home, Work work) {
        String name = databases.settings().name(home);
        if (databases.lost(home)) {
            findings.uncheckedAnywhere(
                    Trouble.DATABASES,
                    name + " is out of reach and was not compared: "
                            + databases.reachability(home).reason());
            return;
        }
        try {
            work.run();
        } catch (DatabaseRefusal refusal) {
            findings.uncheckedAnywhere(Trouble.DATABASES, name + " was not compared: " + refusal.getMessage());
        } catch (UnreadableRow unreadable) {
            findings.wrong(Trouble.POSTGRES, name + ": " + unreadable.getMessage());
        }
    }

    /** Compares all tables of {@code kind}. */
    void tables(GridCache.Kind kind) {
        orSayThatItIsOutOfReach(cityId, () -> GridCaches.ALL.stream()
                .filter(cache -> cache.kind() == kind)
                .forEach(this::table));
    }

    @SuppressWarnings({"unchecked", "rawtypes"
    }) // Every key of the grid can be compared; the list of all caches does not say so.
    private void table(GridCache cache) {
        List<Comparison.Difference> found = new ArrayList<>();
        TableReport report = new Comparison(node, reader, cityId, fragment, cache)
                .run(rows, (Consumer<List<Comparison.Difference>>) found::addAll);
        findings.looked("rows in PostgreSQL", report.compared());
        List<Object> keys = found.stream().map(Comparison.Difference::key).toList();
        int looked = Math.min(keys.size(), SUSPECTS_MAX);
        long waiting = 0;
        for (int from = 0; from < looked; from += LOCKED_MAX) {
            waiting += underLocks(cache, new TreeSet(keys.subList(from, Math.min(looked, from + LOCKED_MAX))));
        }
        String name = databases.settings().name(cityId);
        if (waiting > 0) {
            findings.note(Trouble.OUTBOX, waiting + " rows of " + cache.name() + " wait in the outbox for " + name);
        }
        if (looked < keys.size()) {
            findings.note(
                    Trouble.POSTGRES,
                    (keys.size() - looked) + " further rows of " + cache.name()
                            + " differed at first and were not looked at again");
        }
    }

    /** Tells of rows that differ; answers how many wait in the outbox. */
    private <K extends Comparable<K>, V> long underLocks(GridCache<K, V> cache, TreeSet<K> keys) {
        @SuppressWarnings("unchecked")
        PgTable<K, V> table = (PgTable<K, V>) PgTables.named(cache.name());
        return GridTransaction.run(node, own -> {
            Map<K, V> inGrid = own.lockAll(cache, keys);
            Map<K, V> inPostgres = reader.read(cityId, connection -> table.withKeys(connection, keys));
            Set<Object> named = outbox.names(cache);
            long waiting = 0;
            for (K key : keys) {
                V here = inGrid.get(key);
                V there = inPostgres.get(key);
                if (here == null && there == null
                        || here != null
                                && there != null
                                && table.cells(key, here).equals(table.cells(key, there))) {
                    continue;
                }
                if (named.contains(key)) {
                    waiting++;
                } else {
                    findings.wrong(Trouble.POSTGRES, words(table, key, here, there));
                }
            }
            return waiting;
        });
    }

    private <K, V> String words(PgTable<K, V> table, K key, @Nullable V here, @Nullable V there) {
        String row = databases.settings().name(cityId) + ", " + table.name() + ", " + key + ": ";
        if (here == null) {
            return row + "only PostgreSQL has it";
        }
        if (there == null) {
            return row + "only the grid has it";
        }
        List<Object> own = table.cells(key, here);
        List<Object> stored = table.cells(key, there);
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            if (!Objects.equals(own.get(i), stored.get(i))) {
                columns.add(table.columnNames().get(i) + " is " + own.get(i) + " in the grid, " + stored.get(i)
                        + " in PostgreSQL");
            }
        }
        return row + String.join("; ", columns);
    }

    /** Compares the order ids that the central database has with those of the fragment; new ones are on their way for a moment. */
    void centralOrderIds() {
        orSayThatItIsOutOfReach(DatabaseSettings.CENTRAL, () -> {
            List<Comparison.Difference<OrderMappingKey, OrderMapping>> found = new ArrayList<>();
            new Comparison<>(node, reader, DatabaseSettings.CENTRAL, fragment, GridCaches.ORDER_MAPPING)
                    .run(rows, found::addAll);
            Collection<OrderMappingKey> keys =
                    found.stream().map(Comparison.Difference::key).toList();
            String central = databases.settings().name(DatabaseSettings.CENTRAL);
            for (OrderMappingKey key : settled(keys)) {
                findings.wrong(
                        Trouble.CENTRAL, central + " and the grid do not say the same of order " + key.orderId());
            }
        });
    }

    private Collection<OrderMappingKey> settled(Collection<OrderMappingKey> suspects) {
        TreeSet<OrderMappingKey> left = new TreeSet<>(suspects);
        PgTable<OrderMappingKey, OrderMapping> table = PgTables.ORDER_MAPPING;
        long deadline = System.nanoTime() + ARRIVED_WITHIN.toNanos();
        while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
            var inGrid = BoundedReads.getAll(node, GridCaches.ORDER_MAPPING, left);
            var inCentral = reader.read(DatabaseSettings.CENTRAL, connection -> table.withKeys(connection, left));
            left.removeIf(key -> inGrid.containsKey(key)
                    && inCentral.containsKey(key)
                    && table.cells(key, inGrid.get(key)).equals(table.cells(key, inCentral.get(key))));
            try {
                TimeUnit.MILLISECONDS.sleep(left.isEmpty() ? 0 : LOOK_EVERY_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new RolledBack("interrupted", stopping);
            }
        }
        return left;
    }
}
