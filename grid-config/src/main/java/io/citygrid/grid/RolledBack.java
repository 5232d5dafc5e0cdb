package io.citygrid.grid;

import java.util.Optional;
import java.util.Set;
import org.apache.ignite.cluster.ClusterTopologyException;
import org.apache.ignite.transactions.TransactionDeadlockException;
import org.apache.ignite.transactions.TransactionOptimisticException;
import org.apache.ignite.transactions.TransactionRollbackException;
import org.apache.ignite.transactions.TransactionTimeoutException;

/** The grid rolled a transaction back for a reason that may be gone at the next try. Nothing was written. */
public class RolledBack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Set<Class<?>> REASONS = Set.of(
            TransactionTimeoutException.class,
            TransactionDeadlockException.class,
            TransactionRollbackException.class,
            TransactionOptimisticException.class,
            ClusterTopologyException.class);

    private static final int CAUSES_MAX = 32;

    /** For work that gave up before it wrote anything. */
    public RolledBack(String message, Throwable cause) {
        super(message, cause);
    }

    /** For work that must not go on. */
    public RolledBack(String message) {
        super(message);
    }

    private RolledBack(Throwable cause) {
        super("the grid rolled the transaction back (" + cause.getClass().getSimpleName() + ")", cause);
    }

    /** A recognised reason among the causes of what Ignite threw. */
    static Optional<RolledBack> in(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            Throwable candidate = cause;
            if (REASONS.stream().anyMatch(reason -> reason.isInstance(candidate))) {
                return Optional.of(new RolledBack(thrown));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
