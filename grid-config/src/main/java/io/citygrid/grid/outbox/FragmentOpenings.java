package io.citygrid.grid.outbox;

import io.citygrid.grid.CityNames;
import io.citygrid.grid.GridCaches;
import io.citygrid.grid.RolledBack;
import io.citygrid.grid.StoreNotOpen;
import io.citygrid.model.CityFragment;
import io.citygrid.model.Moments;
import io.citygrid.model.store.FragmentOpening;
import io.citygrid.model.store.FragmentOpening.State;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.cache.CachePeekMode;

/** Says whether the stores of a city fragment may sell. Every node has all of it, so it is read without asking another. */
public final class FragmentOpenings {
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(3);
    private static final long LOOK_EVERY_MILLIS = 20;

    private FragmentOpenings() {}

    /** What was said of {@code fragment} last; may be called inside a grid transaction. */
    public static Optional<FragmentOpening> of(Ignite node, int fragment) {
        return Optional.ofNullable(GridCaches.FRAGMENT_OPENINGS.on(node).localPeek(fragment, CachePeekMode.ALL));
    }

    /** Whether its stores sell now; background work that reads orders waits until they do. */
    public static boolean sells(Ignite node, int fragment) {
        return of(node, fragment).filter(opening -> opening.state().sells()).isPresent();
    }

    /**
     * May be called inside a grid transaction.
     *
     * @throws StoreNotOpen if it is shut, is being compared with PostgreSQL, or will be in a moment
     */
    public static void require(Ignite node, int fragment) {
        Optional<FragmentOpening> opening = of(node, fragment);
        if (opening.isEmpty()) {
            throw StoreNotOpen.yet(cityName(node, fragment) + " is about to be compared with PostgreSQL");
        }
        FragmentOpening found = opening.get();
        if (found.state() == State.RECONCILING) {
            throw StoreNotOpen.yet(found.message());
        }
        if (!found.state().sells()) {
            throw StoreNotOpen.shut(found.message());
        }
    }

    /**
     * Waits for whoever looks at {@code fragment} first, before rows are written that no sale asks for.
     *
     * @throws StoreNotOpen if nobody did in time, or it is shut
     */
    public static void awaitSeen(Ignite node, int fragment) {
        long deadline = System.nanoTime() + SEEN_WITHIN.toNanos();
        while (of(node, fragment).isEmpty() && System.nanoTime() - deadline < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new RolledBack("interrupted while city fragment " + fragment + " was opened", stopping);
            }
        }
        if (of(node, fragment).map(FragmentOpening::state).orElse(State.SHUT) != State.RECONCILING) {
            require(node, fragment);
        }
    }

    /** Says it to all nodes. */
    public static void set(Ignite node, int fragment, State state, String message) {
        GridCaches.FRAGMENT_OPENINGS
                .on(node)
                .put(
                        fragment,
                        new FragmentOpening(
                                state, message, node.cluster().localNode().id(), Moments.now()));
    }

    /** Says to all nodes at once that {@code fragments} are open. */
    public static void open(Ignite node, Collection<Integer> fragments) {
        FragmentOpening open =
                new FragmentOpening(State.OPEN, "", node.cluster().localNode().id(), Moments.now());
        TreeMap<Integer, FragmentOpening> openings = new TreeMap<>();
        fragments.forEach(fragment -> openings.put(fragment, open));
        GridCaches.FRAGMENT_OPENINGS.on(node).putAll(openings);
    }

    /** Has {@code fragment} compared with PostgreSQL by its primary node; sales wait until that is done. */
    public static void compareAgain(Ignite node, int fragment) {
        GridCaches.FRAGMENT_OPENINGS.on(node).remove(fragment);
    }

    /** The name of the city of {@code fragment}, for people. */
    public static String cityName(Ignite node, int fragment) {
        return CityNames.orNumber(node, CityFragment.cityOf(fragment));
    }
}
