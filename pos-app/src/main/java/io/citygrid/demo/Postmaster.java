package io.citygrid.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server process of a PostgreSQL data folder, known by the {@code postmaster.pid} that it keeps there while it lives. */
final class Postmaster {
    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

    private static final Duration GONE_WITHIN = Duration.ofSeconds(10);

    private Postmaster() {}

    /**
     * The living server of {@code data}. A number alone proves nothing: after a crash the system may have given it to another
     * program, so its command line must be that of a PostgreSQL on this folder.
     */
    static Optional<ProcessHandle> living(Path data) {
        return pid(data)
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(process -> serves(process, data));
    }

    private static boolean serves(ProcessHandle process, Path data) {
        List<String> arguments = process.info().arguments().map(Arrays::asList).orElse(List.of());
        return arguments.contains(data.toString()) || worksIn(process, data);
    }

    /** For a server that somebody started by another path to the folder; only Linux tells. */
    private static boolean worksIn(ProcessHandle process, Path data) {
        try {
            return process.info().command().orElse("").endsWith("/postgres")
                    && Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), data);
        } catch (IOException notTold) {
            return false;
        }
    }

    private static Optional<Long> pid(Path data) {
        try {
            return Files.readString(file(data), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .map(String::strip)
                    .map(Long::valueOf);
        } catch (IOException | NumberFormatException noneOrHalfWritten) {
            return Optional.empty();
        }
    }

    /**
     * Removes what a server that was killed left behind. PostgreSQL would refuse to start if the number in it belongs to any
     * living program. There is no socket lock to remove: the demo's server listens on TCP only.
     */
    static void clearStaleFile(Path data) throws IOException {
        if (living(data).isEmpty()) {
            Files.deleteIfExists(file(data));
        }
    }

    private static Path file(Path data) {
        return data.resolve("postmaster.pid");
    }

    /** Kills the server and its children at once (SIGKILL), and returns when they are gone. */
    static void kill(ProcessHandle postmaster) {
        List<ProcessHandle> family = new ArrayList<>(List.of(postmaster));
        postmaster.descendants().forEach(family::add);
        family.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle member : family) {
            try {
                member.onExit().get(GONE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException | TimeoutException unburied) {
                // Dead, but listed until the first process of a container buries it; it holds nothing any more.
                log.debug("process {} is still listed", member.pid(), unburied);
            }
        }
    }
}
