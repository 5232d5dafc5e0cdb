package io.citygrid.grid.reconcile;

import io.citygrid.grid.GridCache;
import io.citygrid.grid.GridCaches;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cache.CachePeekMode;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a city fragment has in the grid, counted where it lies and while Ignite keeps it there. A count without that takes a fragment
 * for empty that is just being filled, or whose primary has just become another node.
 */
enum FragmentContents {
    /** This node is not the fragment's primary, or has not got all of it yet. */
    NOT_HERE,
    /** No row of any table. */
    EMPTY,
    /** Rows, but no store. */
    WITHOUT_STORES,
    /** Stores, and whatever else. */
    WITH_STORES;

    private static final Logger log = LoggerFactory.getLogger(FragmentContents.class);
    private static final Duration WITHIN = Duration.ofSeconds(2);

    /** What {@code node} has of it. */
    static FragmentContents of(Ignite node, int fragment) {
        try {
            return node.compute()
                    .withTimeout(WITHIN.toMillis())
                    .affinityCall(
                            List.of(GridCaches.ORDERS.name()),
                            fragment,
                            new Count(node.cluster().localNode().id(), fragment));
        } catch (IgniteException notYet) {
            log.debug("city fragment {} cannot be counted yet", fragment, notYet);
            return NOT_HERE;
        }
    }

    /** Runs where Ignite has all of the fragment, and holds it there meanwhile. */
    private static final class Count implements IgniteCallable<FragmentContents> {
        private static final long serialVersionUID = 1L;

        private final UUID asker;
        private final int fragment;

        @IgniteInstanceResource
        private transient Ignite node;

        Count(UUID asker, int fragment) {
            this.asker = asker;
            this.fragment = fragment;
        }

        @Override
        public FragmentContents call() {
            if (!asker.equals(node.cluster().localNode().id())) {
                return NOT_HERE;
            }
            if (rows(GridCaches.STORES) > 0) {
                return WITH_STORES;
            }
            return GridCaches.ALL.stream()
                            .filter(cache -> cache.kind().fragmented())
                            .allMatch(cache -> rows(cache) == 0)
                    ? EMPTY
                    : WITHOUT_STORES;
        }

        private long rows(GridCache<?, ?> cache) {
            return cache.on(node).localSizeLong(fragment, CachePeekMode.ALL);
        }
    }
}
