package io.citygrid.grid.reconcile;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.Databases;
import io.citygrid.durability.PgReader;
import io.citygrid.durability.UnreadableRow;
import io.citygrid.durability.WriteThrough;
import io.citygrid.grid.BackgroundWork;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.cluster.ClusterState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the fragments of which this node is the primary when nobody remembers that they were open, because all nodes were down:
 * compares each with PostgreSQL first. Where PostgreSQL is out of reach they open unchecked, and are compared when it is back.
 * Each database has a thread of its own, so that a slow one keeps the cities of no other waiting.
 */
public final class FragmentOpener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FragmentOpener.class);

    /** How long stores wait for a database that is out of reach, or for an outbox that is not empty yet. */
    private static final Duration WAIT_WITHIN = Duration.ofSeconds(5);

    /** How long a fragment is left alone that could not be brought together with PostgreSQL. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

    /** How long a database is left alone that did not say what it has, and a fragment that sells while its outbox is drained. */
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(1);

    private final Ignite node;
    private final Databases databases;
    private final Map<Integer, Rounds> rounds = new ConcurrentHashMap<>();
    private final Map<Integer, Long> waitingSince = new ConcurrentHashMap<>();
    private final Map<Integer, Long> againAt = new ConcurrentHashMap<>();
    private final Map<Integer, Long> askAgainAt = new ConcurrentHashMap<>();

    public FragmentOpener(Ignite node) {
        this.node = node;
        this.databases = WriteThrough.of(node).databases();
    }

    public void start() {
        databases.settings().urls().keySet().forEach(this::lookAfter);
    }

    /** Also opens the fragments whose rows are in the database {@code home}, of which the node has learned since it started. */
    public void lookAfter(int home) {
        rounds.computeIfAbsent(home, unused -> {
            String name = "opener-" + databases.settings().name(home) + "-" + node.name();
            Rounds opening =
                    new Rounds(name, () -> BackgroundWork.of(node).unlessClosed(this::forget, () -> round(home)));
            opening.start();
            return opening;
        });
    }

    private void forget() {
        waitingSince.clear();
        againAt.clear();
        askAgainAt.clear();
    }

    /** @param home whose database is looked at, see {@link DatabaseSettings#home} */
    private boolean round(int home) {
        // Until it is known where a city's rows are kept, an empty central database would pass for an empty city.
        if (node.cluster().state() != ClusterState.ACTIVE || !databases.complete()) {
            return true;
        }
        List<Integer> fragments = new ArrayList<>();
        Map<Integer, Boolean> inCharge = new HashMap<>();
        for (int fragment : node.affinity(GridCaches.ORDERS.name())
                .primaryPartitions(node.cluster().localNode())) {
            if (fragment < CityFragment.SLOTS) {
                continue;
            }
            // Copies on the losing side of a cut link are old, and are compared when it is whole again.
            int cityId = CityFragment.cityOf(fragment);
            if (databases.settings().home(cityId) == home
                    && unchecked(fragment)
                    && inCharge.computeIfAbsent(cityId, city -> CityAuthority.isHeldBy(node, city))) {
                fragments.add(fragment);
            }
        }
        if (!fragments.isEmpty()) {
            open(home, fragments);
        }
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
            case OPEN_UNCHECKED -> due(againAt.get(fragment));
            case RECONCILING -> abandoned(fragment, opening.get());
        };
    }

    private static boolean due(@Nullable Long again) {
        return again == null || System.nanoTime() - again >= 0;
    }

    private boolean abandoned(int fragment, FragmentOpening opening) {
        ClusterNode worker = node.cluster().node(opening.nodeId());
        return worker == null || (worker.isLocal() && !FragmentLocks.of(node).taken(fragment));
    }

    private void open(int home, List<Integer> fragments) {
        if (databases.lost(home) || !due(askAgainAt.get(home))) {
            fragments.forEach(this::openUncheckedIfItTakesLong);
            return;
        }
        try {
            FilledFragments filled = new PgReader(databases).read(home, FilledFragments::of);
            Map<Integer, FragmentContents> here = new TreeMap<>();
            fragments.forEach(fragment -> here.put(fragment, FragmentContents.of(node, fragment)));
            here.values().removeIf(FragmentContents.NOT_HERE::equals);
            List<Integer> empty = here.keySet().stream()
                    .filter(fragment -> here.get(fragment) == FragmentContents.EMPTY
                            && !filled.withRows().contains(fragment))
                    .toList();
            FragmentOpenings.open(node, empty);
            here.keySet().removeAll(empty);
            here.forEach((fragment, contents) -> open(fragment, contents, filled));
        } catch (DatabaseRefusal refusal) {
            log.debug("{} fragments are not opened yet: {}", fragments.size(), refusal.getMessage());
            askAgainAt.put(home, System.nanoTime() + ASK_AGAIN_AFTER.toNanos());
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
                againAt.put(fragment, System.nanoTime() + ASK_AGAIN_AFTER.toNanos());
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
            }
            againAt.put(fragment, System.nanoTime() + AGAIN_AFTER.toNanos());
            openUncheckedIfItTakesLong(fragment);
        } catch (UnreadableRow unreadable) {
            log.error("city fragment {} cannot be compared and is shut", fragment, unreadable);
            opened(fragment, State.SHUT, String.valueOf(unreadable.getMessage()));
        } catch (RolledBack | CacheException | IgniteException later) {
            log.debug("city fragment {} is compared later", fragment, later);
            againAt.put(fragment, System.nanoTime() + ASK_AGAIN_AFTER.toNanos());
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
        rounds.values().forEach(Rounds::close);
    }
}
