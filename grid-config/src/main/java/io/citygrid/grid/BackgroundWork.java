package io.citygrid.grid;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.ignite.Ignite;

/**
 * What a node does of its own accord, as the feeds do: not while the grid is closed. Whoever has closed it can wait until nothing
 * is under way any more.
 */
public final class BackgroundWork {
    private final Ignite node;
    private final ReentrantReadWriteLock underWay = new ReentrantReadWriteLock();

    private BackgroundWork(Ignite node) {
        this.node = node;
    }

    public static BackgroundWork of(Ignite node) {
        return node.cluster()
                .<String, BackgroundWork>nodeLocalMap()
                .computeIfAbsent(BackgroundWork.class.getName(), unused -> new BackgroundWork(node));
    }

    /**
     * A round of a feed.
     *
     * @param forget what it does instead while the grid is closed: what it remembers may not be so afterwards
     * @return whether all went well
     */
    public boolean unlessClosed(Runnable forget, BooleanSupplier round) {
        underWay.readLock().lock();
        try {
            return Closing.inBackground(() -> {
                if (Closing.hindering(node).isPresent()) {
                    forget.run();
                    return true;
                }
                return round.getAsBoolean();
            });
        } finally {
            underWay.readLock().unlock();
        }
    }

    /**
     * Work that somebody asked for.
     *
     * @throws StoreNotOpen if the grid is closed
     */
    public <T> T run(Supplier<T> work) {
        underWay.readLock().lock();
        try {
            Closing.require(node);
            return work.get();
        } finally {
            underWay.readLock().unlock();
        }
    }

    /** Waits for what began before the grid was closed; answers whether all of it has ended. */
    public boolean awaitIdle(Duration within) {
        try {
            if (underWay.writeLock().tryLock(within.toMillis(), TimeUnit.MILLISECONDS)) {
                underWay.writeLock().unlock();
                return true;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
