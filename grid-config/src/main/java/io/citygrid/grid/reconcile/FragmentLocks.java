package io.citygrid.grid.reconcile;

import io.citygrid.grid.RolledBack;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ignite.Ignite;

/** Keeps a node from comparing one fragment twice at the same time. */
final class FragmentLocks {
    private final Map<Integer, ReentrantLock> locks = new ConcurrentHashMap<>();

    private FragmentLocks() {}

    static FragmentLocks of(Ignite node) {
        return node.cluster()
                .<String, FragmentLocks>nodeLocalMap()
                .computeIfAbsent(FragmentLocks.class.getName(), unused -> new FragmentLocks());
    }

    private ReentrantLock lock(int fragment) {
        return locks.computeIfAbsent(fragment, unused -> new ReentrantLock());
    }

    /** Whether this node compares the fragment now. */
    boolean taken(int fragment) {
        return lock(fragment).isLocked();
    }

    /** @throws RolledBack if another thread has it for longer than {@code within} */
    void acquire(int fragment, Duration within) {
        try {
            if (!lock(fragment).tryLock(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RolledBack("city fragment " + fragment + " is being compared already");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RolledBack("interrupted before city fragment " + fragment + " was compared", stopping);
        }
    }

    void release(int fragment) {
        lock(fragment).unlock();
    }
}
