package io.citygrid.grid;

import io.citygrid.model.status.GridClosing;
import io.citygrid.model.status.GridClosing.State;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cache.CachePeekMode;
import org.jspecify.annotations.Nullable;

/**
 * Whether the whole grid is closed while a backup is brought back. Every node has the one row that says so, on its disk too, and
 * no restore touches it: whoever dies meanwhile, the grid stays closed until a restore has been carried through.
 */
public final class Closing {
    /** The only key. */
    public static final int KEY = 1;

    /** What this thread may do while others may not. */
    private enum Pass {
        BACKGROUND,
        RESTORE
    }

    private static final ThreadLocal<@Nullable Pass> PASS = new ThreadLocal<>();

    private Closing() {}

    /** What was said last; empty if nothing ever was, or the cluster is not active. May be called inside a grid transaction. */
    public static Optional<GridClosing> of(Ignite node) {
        try {
            IgniteCache<Integer, GridClosing> cache = node.cache(GridCaches.GRID_CLOSINGS.name());
            return cache == null ? Optional.empty() : Optional.ofNullable(cache.localPeek(KEY, CachePeekMode.ALL));
        } catch (IgniteException | IllegalStateException notActive) {
            return Optional.empty();
        }
    }

    /** What keeps the calling thread from working; empty if nothing does. */
    public static Optional<GridClosing> hindering(Ignite node) {
        return of(node).filter(closing -> hinders(closing.state(), PASS.get()));
    }

    private static boolean hinders(State state, @Nullable Pass pass) {
        return switch (state) {
            case OPEN -> false;
            case NO_SALES -> pass == null;
            case CLOSED, STOPPED -> pass != Pass.RESTORE;
        };
    }

    /**
     * May be called inside a grid transaction.
     *
     * @throws StoreNotOpen if the grid is closed for the calling thread
     */
    public static void require(Ignite node) {
        hindering(node).ifPresent(closing -> {
            boolean underWay =
                    closing.state() != State.STOPPED && node.cluster().node(closing.nodeId()) != null;
            throw underWay ? StoreNotOpen.yet(closing.message()) : StoreNotOpen.shut(closing.message());
        });
    }

    /** Work of a feed, which goes on until all databases have been told. */
    static <T> T inBackground(Supplier<T> work) {
        return with(Pass.BACKGROUND, work);
    }

    /** Work of the restore itself. */
    public static <T> T asRestore(Supplier<T> work) {
        return with(Pass.RESTORE, work);
    }

    private static <T> T with(Pass pass, Supplier<T> work) {
        @Nullable Pass before = PASS.get();
        PASS.set(before == Pass.RESTORE ? before : pass);
        try {
            return work.get();
        } finally {
            if (before == null) {
                PASS.remove();
            } else {
                PASS.set(before);
            }
        }
    }
}
