package io.citygrid.grid.leave;

import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two ways in which a node leaves when the grid asks it to: for good, or to be started again by whoever supervises its
 * process. Which of them there is, is said by whoever runs the node.
 */
public final class Leaving {
    private static final Logger log = LoggerFactory.getLogger(Leaving.class);

    private final Ignite node;
    private volatile Runnable forGood;
    private volatile @Nullable Runnable toComeBack;

    /** @param close leaves the cluster; what is being committed is finished first */
    public Leaving(Ignite node, Runnable close) {
        this.node = node;
        this.forGood = close;
    }

    /**
     * That of a node of this process.
     *
     * @throws IllegalStateException while the node starts or stops
     */
    public static Leaving of(Ignite node) {
        Leaving own = node.cluster().<String, Leaving>nodeLocalMap().get(Leaving.class.getName());
        if (own == null) {
            throw new IllegalStateException("node " + node.name() + " is starting or stopping");
        }
        return own;
    }

    /** Lets the grid ask. */
    public void start() {
        node.cluster().<String, Leaving>nodeLocalMap().put(Leaving.class.getName(), this);
    }

    /**
     * Says how the node's process ends.
     *
     * @param end in a way after which it is not started again
     * @param endAndComeBack in a way after which its supervisor starts it again at once; {@code null} if it has none
     */
    public void ofProcess(Runnable end, @Nullable Runnable endAndComeBack) {
        forGood = end;
        toComeBack = endAndComeBack;
    }

    /** Whether somebody starts the node again when it leaves to come back. */
    public boolean canComeBack() {
        return toComeBack != null;
    }

    /**
     * Begins to leave, in the background so that whoever asked gets an answer.
     *
     * @throws IllegalStateException if it is to come back and nobody would start it again
     */
    public void leave(boolean comesBack) {
        Runnable way = comesBack ? toComeBack : forGood;
        if (way == null) {
            throw new IllegalStateException("nobody would start it again");
        }
        log.info("node {} was asked to leave {}", node.name(), comesBack ? "and to be started again" : "for good");
        // No daemon: a node that shares its process with nobody else ends with its last act.
        new Thread(way, "leave-" + node.name()).start();
    }
}
