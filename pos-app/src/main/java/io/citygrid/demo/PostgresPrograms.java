package io.citygrid.demo;

import io.citygrid.launch.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs PostgreSQL's own programs as an account that they accept, with a clean environment, each with a bounded wait. */
final class PostgresPrograms {
    /** How a program ended and what it said. */
    record Outcome(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    private final PostgresAccount account;
    private final Path binaries;
    private final Path folder;

    /** @param folder the demo's, where programs run and their output passes through */
    PostgresPrograms(PostgresAccount account, Path folder) throws IOException {
        this.account = account;
        this.folder = folder;
        Path own = folder.resolve("postgres-binaries");
        // Another account cannot be expected to reach into this user's cache.
        this.binaries = PostgresBinaries.unpack(account.owner() == null ? PostgresBinaries.cacheFolder(own) : own);
        account.requireAccess(binaries);
    }

    PostgresAccount account() {
        return account;
    }

    /** @throws CannotStart if the program does not end in time */
    Outcome run(Duration within, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(account.command());
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "." + program + "-", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            // PGDATA, PGPORT and their like belong to another server; messages are read here, so they stay English.
            builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            process.getOutputStream().close();
            if (!ends(process, within)) {
                process.destroyForcibly();
                throw new CannotStart("PostgreSQL's " + program + " did not end within " + within.toSeconds() + " s");
            }
            return new Outcome(process.exitValue(), Files.readString(output).strip());
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /**
     * Waits also when interrupted, since a server that was just being started would otherwise come up with nobody left to stop
     * it; whoever interrupted finds the thread still interrupted afterwards.
     */
    private static boolean ends(Process process, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException stopping) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
