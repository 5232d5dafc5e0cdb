package io.citygrid.testing;

import io.citygrid.PosApplication;
import io.citygrid.grid.node.NodeSettings;
import io.citygrid.launch.NodeFile;
import io.citygrid.launch.StopSignal;
import io.citygrid.launch.Supervision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Grid nodes in processes of their own, to be killed as power cuts kill them, and started again when they leave to come back. */
public final class NodeProcesses implements AutoCloseable {
    private static final int LAST_LINES = 60;

    /** Those that are to run: one that is to end is taken out first. */
    private final Map<String, Process> processes = new ConcurrentHashMap<>();

    private final List<String> crashed = new CopyOnWriteArrayList<>();
    private final Set<Process> said = new HashSet<>();
    private boolean closed;

    /** Starts a node without waiting for it; one that runs is left alone. */
    public void start(NodeSettings settings) {
        start(settings, List.of());
    }

    /** @param prefix what stands in front of the node's command line, such as a network namespace to run in */
    public synchronized void start(NodeSettings settings, List<String> prefix) {
        if (closed || isAlive(settings.name())) {
            return;
        }
        Process before = processes.get(settings.name());
        if (before != null) {
            sayWhyItEnded(settings, before);
        }
        try {
            Files.createDirectories(settings.directory());
            Path file = settings.directory().resolve("settings.properties");
            NodeFile.write(file, settings);
            List<String> command = new ArrayList<>(prefix);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(argument -> argument.startsWith("--add-opens"))
                    .forEach(command::add);
            // They live for minutes and start often: quick code later would cost slow starts now.
            command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"));
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(PosApplication.class.getName(), "node", "--settings", file.toString()));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output(settings).toFile());
            Supervision.promise(builder.environment());
            Process process = builder.start();
            processes.put(settings.name(), process);
            process.onExit().thenAccept(ended -> endedOfItself(settings, prefix, ended));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private synchronized void endedOfItself(NodeSettings settings, List<String> prefix, Process ended) {
        if (processes.get(settings.name()) != ended) {
            return;
        }
        sayWhyItEnded(settings, ended);
        if (ended.exitValue() == StopSignal.START_AGAIN) {
            start(settings, prefix);
        }
    }

    /** Nobody sees a node's own output when a test fails elsewhere, and its next start overwrites it. */
    private void sayWhyItEnded(NodeSettings settings, Process ended) {
        if (!said.add(ended)) {
            return;
        }
        System.out.println("node " + settings.name() + " ended of itself with " + ended.exitValue() + "; said last:");
        for (Path file : List.of(output(settings), settings.directory().resolve("node.log"))) {
            try {
                List<String> lines = Files.readAllLines(file);
                List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
                last.forEach(line -> System.out.println("    " + line));
                last.stream()
                        .filter(line -> line.contains("type=CRITICAL_ERROR"))
                        .forEach(crashed::add);
            } catch (IOException unreadable) {
                System.out.println("    (" + file + " cannot be read: " + unreadable + ")");
            }
        }
    }

    /** What Ignite said when it ended nodes because something went wrong in them, unlike those that it gave up. */
    public List<String> crashed() {
        return List.copyOf(crashed);
    }

    /** Waits until the node says that it serves. */
    public void awaitServing(NodeSettings settings) {
        Awaitility.await(settings.name() + " serves")
                .atMost(Duration.ofSeconds(180))
                .until(() -> Files.readString(output(settings)).contains("SERVING"));
    }

    private static Path output(NodeSettings settings) {
        return settings.directory().resolve("output.txt");
    }

    /** SIGKILL. */
    public void kill(String name) {
        Process process = take(name);
        process.destroyForcibly();
        awaitEnd(process);
    }

    /** SIGKILL to all nodes, before any of them can notice that another is gone. */
    public void killAll() {
        List<Process> all = takeAll();
        all.forEach(Process::destroyForcibly);
        all.forEach(NodeProcesses::awaitEnd);
    }

    private synchronized Process take(String name) {
        return Objects.requireNonNull(processes.remove(name), name);
    }

    private synchronized List<Process> takeAll() {
        List<Process> all = List.copyOf(processes.values());
        processes.clear();
        return all;
    }

    /** SIGSTOP: the node's sockets stay open and nothing is answered. */
    public void freeze(String name) {
        ProcessSignals.freeze(processes.get(name).toHandle());
    }

    /** SIGCONT. */
    public void thaw(String name) {
        ProcessSignals.thaw(processes.get(name).toHandle());
    }

    /** Waits until a node has ended of itself, and does not start it again; answers its exit code. */
    public int awaitOwnEnd(String name) {
        Process process = take(name);
        awaitEnd(process);
        return process.exitValue();
    }

    public boolean isAlive(String name) {
        Process process = processes.get(name);
        return process != null && process.isAlive();
    }

    public long pid(String name) {
        return processes.get(name).pid();
    }

    /** Lets every node leave in an orderly way. */
    @Override
    public void close() {
        List<Process> all;
        synchronized (this) {
            closed = true;
            all = takeAll();
        }
        all.forEach(process -> ProcessSignals.thaw(process.toHandle()));
        // A node leaves when its standard input ends.
        for (Process process : all) {
            try {
                process.getOutputStream().close();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
        all.forEach(NodeProcesses::awaitEnd);
    }

    private static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("process " + process.pid() + " did not end");
            }
        } catch (InterruptedException stopping) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
