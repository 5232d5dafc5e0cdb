package io.citygrid.grid.check;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.Databases;
import io.citygrid.durability.PgReader;
import io.citygrid.durability.PgTable;
import io.citygrid.durability.PgTables;
import io.citygrid.durability.UnreadableRow;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.GridTransaction;
import io.citygrid.grid.reconcile.Comparison;
import io.citygrid.grid.reconcile.FragmentOutbox;
import io.citygrid.grid.reconcile.TableReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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

    /** Every key of the grid can be compared; the list of all caches does not say so. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private void table(GridCache cache) {
        Set<Object> named = outbox.names(cache);
        List<Object> suspects = new ArrayList<>();
        long[] counts = {0, 0};
        Consumer<List<Comparison.Difference>> differing = differences -> differences.forEach(difference -> {
            if (named.contains(difference.key())) {
                counts[0]++;
            } else if (suspects.size() < SUSPECTS_MAX) {
                suspects.add(difference.key());
            } else {
                counts[1]++;
            }
        });
        TableReport report = new Comparison(node, reader, cityId, fragment, cache).run(rows, differing);
        findings.looked("rows in PostgreSQL", report.compared());
        for (int from = 0; from < suspects.size(); from += LOCKED_MAX) {
            counts[0] += underLocks(
                    cache, new TreeSet(suspects.subList(from, Math.min(suspects.size(), from + LOCKED_MAX))));
        }
        if (counts[0] > 0) {
            findings.note(
                    Trouble.OUTBOX,
                    counts[0] + " rows of " + cache.name() + " wait in the outbox for "
                            + databases.settings().name(cityId));
        }
        if (counts[1] > 0) {
            findings.unchecked(
                    Trouble.POSTGRES,
                    counts[1] + " further rows of " + cache.name() + " differed at first and were not looked at again");
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
                String column = table.columnNames().get(i);
                // Phone numbers are not for everybody who checks.
                columns.add(
                        table.name().equals(GridCaches.CUSTOMER_CONTACTS.name())
                                ? column + " differs"
                                : column + " is " + own.get(i) + " in the grid, " + stored.get(i) + " in PostgreSQL");
            }
        }
        return row + String.join("; ", columns);
    }
}
