package io.citygrid.grid.node;

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

    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final Ignite ignite;

    NodeStop(Ignite ignite) {
        this.ignite = ignite;
    }

    /** Returns when it has stopped, or after a minute: then it is left as it is, and the log says what holds it. */
    void stopOrLeave() {
        Thread stopping = new Thread(() -> Ignition.stop(ignite.name(), false), "stop-" + ignite.name());
        stopping.setDaemon(true);
        stopping.start();
        join(stopping);
        if (stopping.isAlive()) {
            log.error(
                    "node {} has not stopped within {} s and is left as it is; its threads are at:\n{}",
                    ignite.name(),
                    WITHIN.toSeconds(),
                    threads());
        }
    }

    /** An interrupt, as of a process that is told to end, does not make the stop any shorter. */
    private static void join(Thread stopping) {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        boolean interrupted = false;
        for (long left = WITHIN.toMillis(); stopping.isAlive() && left > 0; ) {
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
            boolean ours = thread.getKey().getName().startsWith("stop-")
                    || Arrays.stream(thread.getValue())
                            .anyMatch(frame -> frame.getClassName().startsWith("io.citygrid."));
            if (ours) {
                text.append(thread.getKey().getName()).append('\n');
                Arrays.stream(thread.getValue())
                        .forEach(frame -> text.append("    at ").append(frame).append('\n'));
            }
        }
        return text.toString();
    }
}
