package io.citygrid.launch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started so far, stopped in reverse order: each part gets its time, and then the next one's turn comes. */
public final class RunningParts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunningParts.class);

    private record Part(String name, Duration within, AutoCloseable stopping) {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private final Console console;

    private RunningParts(Console console) {
        this.console = console;
    }

    /**
     * The life of a role: starts its parts, waits until it is told to stop, and stops them; a start that fails or is cut short
     * stops what was started so far.
     *
     * @param start starts the parts and adds each as soon as it needs to be stopped
     */
    public static void run(StopSignal stop, Console console, Consumer<RunningParts> start) {
        try (RunningParts parts = new RunningParts(console)) {
            try {
                start.accept(parts);
                stop.await();
            } catch (RuntimeException failed) {
                if (!stop.isRequested()) {
                    throw failed;
                }
                log.info("the start was cut short", failed);
            }
            stop.clearInterruption();
            console.show("");
            console.say("stopping (Ctrl-C again ends everything at once)");
        }
    }

    /** Adds what is to be stopped before everything added so far. */
    public void add(String name, Duration within, AutoCloseable stopping) {
        parts.push(new Part(name, within, stopping));
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            stop(parts.pop());
        }
    }

    private void stop(Part part) {
        Thread stopping = new Thread(
                () -> {
                    try {
                        part.stopping().close();
                        console.say(part.name() + " stopped");
                    } catch (Exception failed) {
                        log.error("{} did not stop cleanly", part.name(), failed);
                    }
                },
                "stop " + part.name());
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(TimeUnit.MILLISECONDS.convert(part.within()));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        if (stopping.isAlive()) {
            console.say(part.name() + " did not stop within " + part.within().toSeconds() + " s");
        }
    }
}
