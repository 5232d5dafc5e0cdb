package io.citygrid.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Stops whole families of processes in their tracks and lets them go on: frozen, they keep their sockets and answer nothing. */
final class ProcessSignals {
    private static final long SENT_WITHIN_SECONDS = 10;

    private ProcessSignals() {}

    /** SIGSTOP, the parent first so that it makes no more children. */
    static void freeze(ProcessHandle parent) {
        send("-STOP", List.of(parent));
        send("-STOP", parent.descendants().toList());
    }

    /** SIGCONT. */
    static void thaw(ProcessHandle parent) {
        send("-CONT", parent.descendants().toList());
        send("-CONT", List.of(parent));
    }

    private static void send(String signal, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.stream()
                .filter(ProcessHandle::isAlive)
                .map(process -> String.valueOf(process.pid()))
                .forEach(command::add);
        if (command.size() == 2) {
            return;
        }
        try {
            Process kill = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // One that ended meanwhile makes kill complain, which is no failure.
            if (!kill.waitFor(SENT_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " did not end");
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }
}
