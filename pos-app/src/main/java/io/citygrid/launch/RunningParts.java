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
    private final Consumer<String> tell;

    /** @param tell where to say what has stopped */
    public RunningParts(Consumer<String> tell) {
        this.tell = tell;
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
                        tell.accept(part.name() + " stopped");
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
            tell.accept(part.name() + " did not stop within " + part.within().toSeconds() + " s");
        }
    }
}
