package io.citygrid.demo;

import io.citygrid.demo.PostgresPrograms.Outcome;
import io.citygrid.launch.CannotStart;
import io.citygrid.launch.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One data folder and the server on it: made by {@code initdb}, started and stopped by {@code pg_ctl}. */
final class PostgresServer {
    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

    /** What "paid" means: an order that was confirmed is on disk, whole, also after a power cut. */
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    /** Four nodes hold up to eight connections to each of three databases; tools and a second start need room beside them. */
    private static final Map<String, String> SETTINGS = Map.of(
            "unix_socket_directories", "",
            "max_connections", "200",
            "shared_buffers", "64MB",
            "log_checkpoints", "off");

    private static final Duration INITIALISE_WITHIN = Duration.ofSeconds(90);
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
    private static final Duration ORPHANS_GONE_WITHIN = Duration.ofSeconds(20);
    private static final String MAJOR_VERSION = "17";

    private final PostgresPrograms programs;
    private final Path data;
    private final Path output;

    PostgresServer(PostgresPrograms programs, Path data) {
        this.programs = programs;
        this.data = data;
        this.output = data.resolve("server.log");
    }

    /** Makes the data folder unless there is one. A folder that {@code initdb} did not finish never gets the final name. */
    void initialise(Path passwordFile, String host) throws IOException {
        Path version = data.resolve("PG_VERSION");
        if (Files.exists(version)) {
            String found = Files.readString(version).strip();
            if (!MAJOR_VERSION.equals(found)) {
                throw new CannotStart(data + " was made by PostgreSQL " + found + ", this is " + MAJOR_VERSION
                        + ": start with --fresh or choose another folder with --data");
            }
            return;
        }
        Path draft = data.resolveSibling("postgres.new");
        FileTree.delete(draft);
        Files.createDirectory(draft);
        programs.account().handOver(draft);
        programs.account().handOver(passwordFile);
        Outcome made = programs.run(
                INITIALISE_WITHIN,
                "initdb",
                "--pgdata=" + draft,
                "--username=" + EmbeddedPostgres.USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums");
        log.debug("initdb: {}", made.output());
        if (!made.succeeded()) {
            throw new CannotStart("PostgreSQL could not make its data folder: " + lastLine(made.output()));
        }
        if (!host.equals(EmbeddedPostgres.HOST)) {
            // What initdb wrote lets in connections from 127.0.0.1 alone.
            Files.writeString(
                    draft.resolve("pg_hba.conf"), "host all all samenet scram-sha-256\n", StandardOpenOption.APPEND);
        }
        Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Starts on what is there, and returns when connections are accepted.
     *
     * @param settings instead of those of a demo
     */
    void start(String host, int port, Map<String, String> settings) throws IOException {
        Postmaster.clearStaleFile(data);
        long deadline = System.nanoTime() + ORPHANS_GONE_WITHIN.toNanos();
        while (true) {
            keepOneOldOutput();
            Outcome started = programs.run(
                    START_WITHIN.plusSeconds(5),
                    "pg_ctl",
                    "start",
                    "--pgdata=" + data,
                    "--log=" + output,
                    "--options=" + options(host, port, settings),
                    "--wait",
                    "--timeout=" + START_WITHIN.toSeconds());
            if (started.succeeded()) {
                return;
            }
            String reason = reason(started);
            log.info("PostgreSQL did not start: {}", reason);
            // Children of a killed server notice its death when they are next idle; until then their memory is in the
            // way.
            boolean orphans = reason.contains("shared memory block") || reason.contains("lock file");
            if (!orphans || System.nanoTime() - deadline > 0) {
                throw new CannotStart("PostgreSQL did not start: " + reason + " (its log is " + output + ")");
            }
            pause();
        }
    }

    private static String options(String host, int port, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(SETTINGS);
        all.putAll(settings);
        all.putAll(DURABLE);
        all.put("listen_addresses", host);
        all.put("port", String.valueOf(port));
        return all.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "='" + setting.getValue() + "'")
                .collect(Collectors.joining(" "));
    }

    private void keepOneOldOutput() throws IOException {
        if (Files.exists(output)) {
            Files.move(output, data.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String reason(Outcome started) throws IOException {
        Optional<String> fatal = Files.exists(output)
                ? Files.readAllLines(output).stream()
                        .filter(line -> line.contains("FATAL:"))
                        .reduce((earlier, later) -> later)
                : Optional.empty();
        return fatal.map(line -> line.substring(line.indexOf("FATAL:") + "FATAL:".length())
                        .strip())
                .orElseGet(() -> lastLine(started.output()));
    }

    private static String lastLine(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.isEmpty() ? "it did not say why" : lines.get(lines.size() - 1);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while PostgreSQL started", stopping);
        }
    }

    /** @throws CannotStart if a setting without which a confirmed sale could be lost is not in force */
    void verify(Statement statement) throws SQLException {
        for (Map.Entry<String, String> setting : DURABLE.entrySet()) {
            try (ResultSet shown = statement.executeQuery("SHOW " + setting.getKey())) {
                shown.next();
                if (!setting.getValue().equals(shown.getString(1))) {
                    throw new CannotStart("PostgreSQL runs with " + setting.getKey() + " = " + shown.getString(1)
                            + " although it was started with " + setting.getValue());
                }
            }
        }
    }

    /** Stops a server that runs on this folder: politely, then at once, then by force. */
    void stop() throws IOException {
        for (String mode : List.of("fast", "immediate")) {
            if (Postmaster.living(data).isEmpty()) {
                return;
            }
            Outcome stopped = programs.run(
                    STOP_WITHIN.plusSeconds(5),
                    "pg_ctl",
                    "stop",
                    "--pgdata=" + data,
                    "--mode=" + mode,
                    "--wait",
                    "--timeout=" + STOP_WITHIN.toSeconds());
            if (stopped.succeeded()) {
                return;
            }
            log.warn("PostgreSQL did not stop ({}): {}", mode, lastLine(stopped.output()));
        }
        Postmaster.living(data).ifPresent(Postmaster::kill);
    }
}
