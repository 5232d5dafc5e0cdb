package io.citygrid.grid.reconcile;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.Databases;
import io.citygrid.durability.PgReader;
import io.citygrid.durability.UnreadableRow;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.CityAuthority;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.outbox.FragmentOpenings;
import io.citygrid.grid.outbox.Rounds;
import io.citygrid.model.CityFragment;
import io.citygrid.model.store.FragmentOpening;
import io.citygrid.model.store.FragmentOpening.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.cluster.ClusterState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the fragments of which this node is the primary when nobody remembers that they were open, because all nodes were down:
 * compares each with PostgreSQL first. Where PostgreSQL is out of reach they open unchecked, and are compared when it is back.
 */
public final class FragmentOpener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FragmentOpener.class);

    /** How long stores wait for a database that is out of reach, or for an outbox that is not empty yet. */
    private static final Duration WAIT_WITHIN = Duration.ofSeconds(5);

    /** How long a fragment is left alone that could not be brought together with PostgreSQL. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

    private final Ignite node;
    private final Rounds rounds;
    private final Map<Integer, Long> waitingSince = new HashMap<>();
    private final Map<Integer, Long> againAt = new HashMap<>();

    public FragmentOpener(Ignite node) {
        this.node = node;
        this.rounds = new Rounds("fragment-opener-" + node.name(), this::round);
    }

    public void start() {
        rounds.start();
    }

    private boolean round() {
        if (node.cluster().state() != ClusterState.ACTIVE) {
            return true;
        }
        Map<String, List<Integer>> byDatabase = new TreeMap<>();
        Map<Integer, Boolean> inCharge = new HashMap<>();
        Databases databases = WriteThrough.of(node).databases();
        for (int fragment : node.affinity(GridCaches.ORDERS.name())
                .primaryPartitions(node.cluster().localNode())) {
            // Copies on the losing side of a cut link are old, and are compared when it is whole again.
            if (fragment >= CityFragment.SLOTS
                    && unchecked(fragment)
                    && inCharge.computeIfAbsent(
                            CityFragment.cityOf(fragment), city -> CityAuthority.isHeldBy(node, city))) {
                byDatabase
                        .computeIfAbsent(
                                databases.settings().name(CityFragment.cityOf(fragment)), name -> new ArrayList<>())
                        .add(fragment);
            }
        }
        byDatabase.values().forEach(fragments -> open(databases, fragments));
        return true;
    }

    /** Whether the fragment has to be compared: never was, not to the end, or could not be. */
    private boolean unchecked(int fragment) {
        Optional<FragmentOpening> opening = FragmentOpenings.of(node, fragment);
        if (opening.isEmpty()) {
            return true;
        }
        return switch (opening.get().state()) {
            case OPEN, SHUT -> false;
            case OPEN_UNCHECKED -> due(fragment);
            case RECONCILING -> abandoned(fragment, opening.get());
        };
    }

    private boolean due(int fragment) {
        Long again = againAt.get(fragment);
        return again == null || System.nanoTime() - again >= 0;
    }

    private boolean abandoned(int fragment, FragmentOpening opening) {
        ClusterNode worker = node.cluster().node(opening.nodeId());
        return worker == null || (worker.isLocal() && !FragmentLocks.of(node).taken(fragment));
    }

    /** @param fragments of cities with the same database */
    private void open(Databases databases, List<Integer> fragments) {
        int cityId = CityFragment.cityOf(fragments.get(0));
        if (databases.lost(cityId)) {
            fragments.forEach(this::openUncheckedIfItTakesLong);
            return;
        }
        Map<Integer, FragmentContents> here = new TreeMap<>();
        fragments.forEach(fragment -> here.put(fragment, FragmentContents.of(node, fragment)));
        here.values().removeIf(FragmentContents.NOT_HERE::equals);
        try {
            FilledFragments filled =
                    new PgReader(databases).read(cityId, connection -> FilledFragments.of(connection, here.keySet()));
            List<Integer> empty = here.keySet().stream()
                    .filter(fragment -> here.get(fragment) == FragmentContents.EMPTY
                            && !filled.withRows().contains(fragment))
                    .toList();
            FragmentOpenings.open(node, empty);
            here.keySet().removeAll(empty);
            here.forEach((fragment, contents) -> open(fragment, contents, filled));
        } catch (DatabaseRefusal refusal) {
            log.debug("{} fragments are not opened yet: {}", fragments.size(), refusal.getMessage());
            fragments.forEach(this::openUncheckedIfItTakesLong);
        }
    }

    private void open(int fragment, FragmentContents contents, FilledFragments filled) {
        try {
            if (contents != FragmentContents.WITH_STORES && filled.withStores().contains(fragment)) {
                opened(
                        fragment,
                        State.SHUT,
                        "the grid has nothing of " + FragmentOpenings.cityName(node, fragment)
                                + " that PostgreSQL has: run `./pos load warm`");
            } else if (!new FragmentOutbox(node, fragment).isEmpty()) {
                openUncheckedIfItTakesLong(fragment);
            } else {
                FragmentReport report = new FragmentReconcile(node, fragment, new LongAdder()).runInBackground();
                waitingSince.remove(fragment);
                if (!report.equal()) {
                    againAt.put(fragment, System.nanoTime() + AGAIN_AFTER.toNanos());
                }
            }
        } catch (DatabaseRefusal refusal) {
            if (!refusal.kind().passes()) {
                log.error("city fragment {} cannot be compared", fragment, refusal);
                againAt.put(fragment, System.nanoTime() + AGAIN_AFTER.toNanos());
            }
            openUncheckedIfItTakesLong(fragment);
        } catch (UnreadableRow unreadable) {
            log.error("city fragment {} cannot be compared and is shut", fragment, unreadable);
            opened(fragment, State.SHUT, String.valueOf(unreadable.getMessage()));
        } catch (RolledBack | CacheException | IgniteException later) {
            log.debug("city fragment {} is compared later", fragment, later);
        }
    }

    private void openUncheckedIfItTakesLong(int fragment) {
        Optional<State> state = FragmentOpenings.of(node, fragment).map(FragmentOpening::state);
        if (state.isPresent() && state.get() != State.RECONCILING) {
            return;
        }
        long since = waitingSince.computeIfAbsent(fragment, unused -> System.nanoTime());
        if (System.nanoTime() - since >= WAIT_WITHIN.toNanos()) {
            FragmentContents contents = FragmentContents.of(node, fragment);
            if (contents == FragmentContents.NOT_HERE) {
                return;
            }
            if (contents == FragmentContents.WITH_STORES) {
                log.warn(
                        "{} sells in fragment {} before it could be compared with PostgreSQL",
                        FragmentOpenings.cityName(node, fragment),
                        fragment);
            }
            opened(fragment, State.OPEN_UNCHECKED, "");
        }
    }

    private void opened(int fragment, State state, String message) {
        waitingSince.remove(fragment);
        FragmentOpenings.set(node, fragment, state, message);
    }

    @Override
    public void close() {
        rounds.close();
    }
}
