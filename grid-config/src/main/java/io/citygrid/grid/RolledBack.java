package io.citygrid.grid;

import java.util.Optional;
import java.util.Set;
import org.apache.ignite.cluster.ClusterTopologyException;
import org.apache.ignite.transactions.TransactionDeadlockException;
import org.apache.ignite.transactions.TransactionOptimisticException;
import org.apache.ignite.transactions.TransactionRollbackException;
import org.apache.ignite.transactions.TransactionTimeoutException;

/** The grid rolled a transaction back for a reason that may be gone at the next try. Nothing was written, unless in doubt. */
public class RolledBack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Set<Class<?>> REASONS = Set.of(
            TransactionTimeoutException.class,
            TransactionDeadlockException.class,
            TransactionRollbackException.class,
            TransactionOptimisticException.class,
            ClusterTopologyException.class);

    private static final int CAUSES_MAX = 32;

    private final boolean inDoubt;

    /** For work that gave up before it wrote anything. */
    public RolledBack(String message, Throwable cause) {
        super(message, cause);
        this.inDoubt = false;
    }

    /** For work that must not go on. */
    public RolledBack(String message) {
        super(message);
        this.inDoubt = false;
    }

    private RolledBack(String message, boolean inDoubt) {
        super(message);
        this.inDoubt = inDoubt;
    }

    /** For work that somebody else does and that was waited for too long. */
    public static RolledBack unknown(String message) {
        return new RolledBack(message, true);
    }

    private RolledBack(Throwable cause, boolean inDoubt) {
        super("the grid rolled the transaction back (" + cause.getClass().getSimpleName() + ")", cause);
        this.inDoubt = inDoubt;
    }

    /**
     * Whether it may have been done after all: the commit failed, and PostgreSQL may have the rows, which the grid then takes over;
     * or it was waited for too long. Asking again with the same id tells.
     */
    public boolean isInDoubt() {
        return inDoubt;
    }

    /** For a commit that failed, whatever the reason. */
    static RolledBack inDoubt(Throwable thrown) {
        return new RolledBack(thrown, true);
    }

    /** A recognised reason among the causes of what Ignite threw. */
    public static Optional<RolledBack> in(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            Throwable candidate = cause;
            if (REASONS.stream().anyMatch(reason -> reason.isInstance(candidate))) {
                return Optional.of(new RolledBack(thrown, false));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
