package io.citygrid.demo;

import io.citygrid.grid.node.NodeSettings;
import io.citygrid.launch.CannotStart;
import io.citygrid.launch.NodeCommand;
import io.citygrid.launch.NodeFile;
import io.citygrid.launch.StopSignal;
import io.citygrid.launch.Supervision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A grid node in a process of its own, started again when it dies. The process leaves when its standard input ends: when the
 * demo closes it, and also when the demo itself is killed, so that none is left behind.
 */
final class SupervisedNode {
    private static final Logger log = LoggerFactory.getLogger(SupervisedNode.class);

    static final String SETTINGS_FILE = "settings.properties";

    /** So often it may die before it has ever served; then its start has failed. */
    private static final int DEATHS_MAX = 2;

    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(25);

    private final NodeSettings settings;
    private final List<String> command;
    private final Consumer<String> tell;
    private final BackOff backOff = new BackOff();
    private final CompletableFuture<Boolean> served = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread supervisor;
    private volatile @Nullable Process process;
    private int deaths;
    private volatile String lastLine = "";

    SupervisedNode(NodeSettings settings, List<String> memory, Path temporary, Consumer<String> tell) {
        this.settings = settings;
        this.command = NodeCommandLine.of(settings.directory().resolve(SETTINGS_FILE), temporary, memory);
        this.tell = tell;
        this.supervisor = new Thread(this::supervise, "supervisor-" + settings.name());
        this.supervisor.setDaemon(true);
    }

    void start() {
        supervisor.start();
    }

    /** @throws CannotStart if it has not served in time, or dies again and again before it does */
    void awaitServing(Duration within) {
        try {
            served.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while the nodes started", interrupted);
        } catch (TimeoutException slow) {
            throw new CannotStart(
                    "node " + settings.name() + " does not serve after " + within.toSeconds() + " s: its log is "
                            + logFile(),
                    slow);
        } catch (ExecutionException died) {
            throw new CannotStart(
                    "node " + settings.name() + " does not start (" + lastLine + "): its log is " + logFile(), died);
        }
    }

    private Path logFile() {
        return settings.directory().resolve("node.log");
    }

    private void supervise() {
        try {
            while (stopping.getCount() > 0) {
                long begunNanos = System.nanoTime();
                int exitCode = runOnce();
                if (stopping.getCount() == 0) {
                    return;
                }
                if (exitCode == StopSignal.START_AGAIN) {
                    tell.accept("node " + settings.name() + " left to be started again");
                    continue;
                }
                if (exitCode == 0) {
                    tell.accept("node " + settings.name() + " was told to leave and is not started again");
                    return;
                }
                deaths++;
                if (deaths == DEATHS_MAX) {
                    served.completeExceptionally(new IllegalStateException("died " + deaths + " times"));
                }
                Duration pause = backOff.after(Duration.ofNanos(System.nanoTime() - begunNanos));
                tell.accept("node " + settings.name() + " died (exit code " + exitCode + "); it is started again in "
                        + pause.toSeconds() + " s");
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (IOException failed) {
            tell.accept("node " + settings.name() + " cannot be started: " + failed.getMessage());
            log.warn("supervising {} ended", settings.name(), failed);
        } catch (InterruptedException ended) {
            log.debug("supervising {} ended", settings.name(), ended);
        }
    }

    private int runOnce() throws IOException, InterruptedException {
        Files.createDirectories(settings.directory());
        NodeFile.write(settings.directory().resolve(SETTINGS_FILE), settings);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Supervision.promise(builder.environment());
        Process started = builder.start();
        process = started;
        try {
            Files.writeString(settings.directory().resolve(NodeCommand.PID_FILE), started.pid() + "\n");
            if (stopping.getCount() == 0) {
                started.getOutputStream().close();
            }
            listen(started);
            return started.waitFor();
        } finally {
            // Gone already, unless supervising it failed; then nobody would ever tell it to leave.
            started.destroyForcibly();
            process = null;
            Files.deleteIfExists(settings.directory().resolve(NodeCommand.PID_FILE));
        }
    }

    /** Passes on what the node prints, until it ends. */
    private void listen(Process started) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.info("{}: {}", settings.name(), line);
                lastLine = line;
                if (line.contains("SERVING") && !served.complete(true)) {
                    tell.accept("node " + settings.name() + " serves again");
                }
            }
        }
    }

    /** Tells the node to leave; {@link #awaitStopped} waits for it. */
    void stop() {
        stopping.countDown();
        Process running = process;
        if (running != null) {
            try {
                running.getOutputStream().close();
            } catch (IOException alreadyGone) {
                log.debug("{} was gone already", settings.name(), alreadyGone);
            }
        }
    }

    /** Waits until the node has left, and kills it if it does not. */
    void awaitStopped() {
        try {
            supervisor.join(LEAVE_WITHIN.toMillis());
            Process running = process;
            if (supervisor.isAlive() && running != null) {
                log.warn("node {} did not leave within {} s and is killed", settings.name(), LEAVE_WITHIN.toSeconds());
                running.destroyForcibly();
                supervisor.join(LEAVE_WITHIN.toMillis());
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
