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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Grid nodes in processes of their own, to be killed as power cuts kill them, and started again when they leave to come back. */
public final class NodeProcesses implements AutoCloseable {
    private final Map<String, Process> processes = new ConcurrentHashMap<>();

    /** Starts a node without waiting for it. */
    public void start(NodeSettings settings) {
        start(settings, List.of());
    }

    /** @param prefix what stands in front of the node's command line, such as a network namespace to run in */
    public void start(NodeSettings settings, List<String> prefix) {
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
            process.onExit().thenAccept(ended -> {
                if (ended.exitValue() == StopSignal.START_AGAIN) {
                    start(settings, prefix);
                }
            });
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
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
        Process process = processes.remove(name);
        process.destroyForcibly();
        awaitEnd(process);
    }

    /** SIGKILL to all nodes, before any of them can notice that another is gone. */
    public void killAll() {
        processes.values().forEach(Process::destroyForcibly);
        processes.values().forEach(NodeProcesses::awaitEnd);
        processes.clear();
    }

    /** SIGSTOP: the node's sockets stay open and nothing is answered. */
    public void freeze(String name) {
        ProcessSignals.freeze(processes.get(name).toHandle());
    }

    /** SIGCONT. */
    public void thaw(String name) {
        ProcessSignals.thaw(processes.get(name).toHandle());
    }

    /** Waits until a node has ended of itself; answers its exit code. */
    public int awaitOwnEnd(String name) {
        Process process = processes.get(name);
        awaitEnd(process);
        processes.remove(name);
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
        processes.values().forEach(process -> ProcessSignals.thaw(process.toHandle()));
        // A node leaves when its standard input ends.
        for (Process process : processes.values()) {
            try {
                process.getOutputStream().close();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
        processes.values().forEach(NodeProcesses::awaitEnd);
        processes.clear();
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
