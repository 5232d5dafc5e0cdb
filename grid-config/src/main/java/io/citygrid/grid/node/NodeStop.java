package io.citygrid.grid.node;

import io.citygrid.security.plugin.KnownClasses;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends Ignite's part of a node. Ignite waits without a limit for its jobs and for every thread that is inside it, and on a node that
 * was cut off from the others some of them may wait for an answer that nobody will give.
 */
final class NodeStop {
    private static final Logger log = LoggerFactory.getLogger(NodeStop.class);

    /** Before the process is ended, which has half a minute for it. */
    private static final Duration OF_OWN_PROCESS = Duration.ofSeconds(20);

    private static final Duration AMONG_OTHERS = Duration.ofSeconds(60);

    private final Ignite ignite;
    private final Duration within;

    NodeStop(Ignite ignite, boolean ownProcess) {
        this.ignite = ignite;
        this.within = ownProcess ? OF_OWN_PROCESS : AMONG_OTHERS;
    }

    /** What is under way is finished. Returns when it has stopped, or is left as it is, and the log says what holds it. */
    void gently() {
        stopOrLeave(false);
    }

    /** As {@link #gently}; what is under way is broken off. */
    void now() {
        stopOrLeave(true);
    }

    private void stopOrLeave(boolean cancel) {
        Thread stopping = new Thread(() -> stop(cancel), "stop-" + ignite.name());
        stopping.setDaemon(true);
        stopping.start();
        join(stopping);
        if (stopping.isAlive()) {
            log.error(
                    "node {} has not stopped within {} s and is left as it is; its threads are at:\n{}",
                    ignite.name(),
                    within.toSeconds(),
                    threads());
        }
        // For the others in this process, whose list went with it.
        KnownClasses.listed().guardRequests();
    }

    private void stop(boolean cancel) {
        try {
            Ignition.stop(ignite.name(), cancel);
        } catch (RuntimeException badly) {
            log.error("node {} stopped, and not well", ignite.name(), badly);
        }
    }

    /** An interrupt, as of a process that is told to end, does not make the stop any shorter. */
    private void join(Thread stopping) {
        long deadline = System.nanoTime() + within.toNanos();
        boolean interrupted = false;
        for (long left = within.toMillis(); stopping.isAlive() && left > 0; ) {
            try {
                stopping.join(left);
            } catch (InterruptedException ending) {
                interrupted = true;
            }
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private String threads() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            String name = thread.getKey().getName();
            boolean idle = Arrays.stream(thread.getValue())
                    .anyMatch(frame -> frame.getMethodName().equals("getTask"));
            if (name.contains(ignite.name()) && !idle) {
                text.append(name).append('\n');
                Arrays.stream(thread.getValue())
                        .forEach(frame -> text.append("    at ").append(frame).append('\n'));
            }
        }
        return text.toString();
    }
}
