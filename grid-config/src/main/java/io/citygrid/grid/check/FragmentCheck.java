package io.citygrid.grid.check;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.outbox.FragmentOpenings;
import io.citygrid.grid.reconcile.FragmentRows;
import io.citygrid.grid.warehouse.WarehouseRun;
import io.citygrid.model.CityFragment;
import io.citygrid.model.store.FragmentOpening;
import io.citygrid.model.store.FragmentOpening.State;
import io.citygrid.model.store.StoreKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;

/** Checks one city fragment, on the node that is its primary, while its stores sell. */
final class FragmentCheck {
    /** Nodes that come or go in the middle of a check make it worth nothing. */
    private static final int TRIES_MAX = 3;

    private static final List<GridCache<?, ?>> CITY_CACHES = GridCaches.ALL.stream()
            .filter(cache -> cache.kind().fragmented())
            .<GridCache<?, ?>>map(cache -> cache)
            .toList();

    private final Ignite node;
    private final int fragment;
    private final int cityId;
    private final LongAdder rows;

    /** @param rows counts what has been looked at */
    FragmentCheck(Ignite node, int fragment, LongAdder rows) {
        this.node = node;
        this.fragment = fragment;
        this.cityId = CityFragment.cityOf(fragment);
        this.rows = rows;
    }

    CheckReport run() {
        for (int attempt = 1; ; attempt++) {
            long topology = node.cluster().topologyVersion();
            Optional<State> before = state();
            Findings findings =
                    new Findings(FragmentOpenings.cityName(node, fragment) + ", fragment " + fragment + ", ");
            try {
                // The copies on the losing side of a cut link are old.
                CityAuthority.ask(node, cityId).require();
                if (before.filter(state -> state != State.RECONCILING).isEmpty()) {
                    findings.unchecked(
                            Trouble.SHUT, "is being compared with PostgreSQL, and was not checked meanwhile");
                    return findings.report();
                }
                check(findings, before.get());
            } catch (RolledBack | CacheException | IgniteException notNow) {
                findings.unchecked(Trouble.UNSEEN, "could not be looked at: " + notNow.getMessage());
            }
            boolean moved = node.cluster().topologyVersion() != topology || !state().equals(before);
            if (!moved || !findings.anyWrong()) {
                return findings.report();
            }
            if (attempt == TRIES_MAX) {
                return CheckReport.failed(FragmentOpenings.cityName(node, fragment) + ", fragment " + fragment
                        + ": nodes came or went, or it was compared with PostgreSQL, while it was checked");
            }
        }
    }

    private Optional<State> state() {
        return FragmentOpenings.of(node, fragment).map(FragmentOpening::state);
    }

    private void check(Findings findings, State state) {
        if (state == State.OPEN_UNCHECKED) {
            findings.note(Trouble.SHUT, "sells before it could be compared with PostgreSQL");
        }
        TreeSet<StoreKey> stores = FragmentRows.keys(node, GridCaches.STORES, fragment);
        stores.addAll(FragmentRows.keys(node, GridCaches.STORE_COUNTERS, fragment));
        Map<StoreKey, Long> lasts = new TreeMap<>();
        for (StoreKey store : stores) {
            StoreBooks books = new StoreBooks(node, store, findings, rows);
            books.readToTheLast();
            long last = books.lastFound();
            new StoreStock(node, store, books, findings).check();
            books.counter();
            if (last > 0 && state.sells()) {
                new SumsCheck(node, store, findings).check(last);
            }
            lasts.put(store, books.last());
            findings.looked("stores", 1);
            findings.looked("receipts", books.last());
        }
        new IdsCheck(node, fragment, lasts, findings).check();
        new CopyCheck(node, fragment, findings, rows).check(CITY_CACHES);
        PostgresCheck postgres = new PostgresCheck(node, cityId, fragment, findings, rows);
        postgres.tables(GridCache.Kind.CITY);
        if (WriteThrough.of(node).databases().settings().home(cityId) == cityId) {
            postgres.orSayThatItIsOutOfReach(
                    DatabaseSettings.CENTRAL, () -> new CentralCheck(node, fragment, findings, rows).check());
        }
        if (!stores.isEmpty() && state.sells()) {
            postgres.orSayThatItIsOutOfReach(DatabaseSettings.CENTRAL, () -> warehouse(findings, stores));
        }
    }

    private void warehouse(Findings findings, TreeSet<StoreKey> stores) {
        long differing = new WarehouseRun(node, rows).compare(stores).different();
        if (differing > 0) {
            findings.wrong(Trouble.WAREHOUSE, differing + " business days of its stores differ in the warehouse");
        }
    }
}
