package io.citygrid.demo;

import io.citygrid.launch.NodeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Node processes of a demo that was killed: they leave on their own, which a new demo on the same folder waits for. */
public final class LeftOverNodes {
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(30);

    private LeftOverNodes() {}

    /** Waits until no process of a node in {@code nodes} is left, and kills one that does not leave. */
    public static void awaitGone(Path nodes) throws IOException {
        if (!Files.isDirectory(nodes)) {
            return;
        }
        List<Path> directories;
        try (Stream<Path> found = Files.list(nodes)) {
            directories = found.toList();
        }
        for (Path node : directories) {
            Optional<ProcessHandle> process = process(node);
            if (process.isPresent() && !leaves(process.get())) {
                process.get().destroyForcibly();
                leaves(process.get());
            }
        }
    }

    /** A number alone proves nothing, it may be another program's by now: its command line must name the node's settings. */
    private static Optional<ProcessHandle> process(Path node) throws IOException {
        Path pidFile = node.resolve(NodeCommand.PID_FILE);
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        String settings = node.resolve(SupervisedNode.SETTINGS_FILE).toString();
        String pid = Files.readString(pidFile).strip();
        return pid.matches("[0-9]{1,18}")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(process -> process.info()
                        .arguments()
                        .map(Arrays::asList)
                        .orElse(List.of())
                        .contains(settings))
                : Optional.empty();
    }

    private static boolean leaves(ProcessHandle process) {
        try {
            process.onExit().get(LEAVE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException | TimeoutException stillThere) {
            return false;
        }
    }
}
