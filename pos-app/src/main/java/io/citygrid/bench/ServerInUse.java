package io.citygrid.bench;

import io.citygrid.bench.contender.BenchServer;
import io.citygrid.demo.EmbeddedPostgres;
import io.citygrid.launch.CannotStart;
import io.citygrid.launch.StopSignal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL server of a run, and what stops it if it is the run's own. */
record ServerInUse(BenchServer server, Runnable stop) implements AutoCloseable {
    /** The environment's names for the login to a server that was there before. */
    static final String USER = "CITYGRID_DB_USER";

    static final String PASSWORD = "CITYGRID_DB_PASSWORD";

    /** Room for what a run writes: no system is to pay for a server that was left as small as it comes. */
    private static final Map<String, String> SETTINGS = Map.of(
            "max_connections", "400",
            "shared_buffers", "1GB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "30min");

    /**
     * One that is there already.
     *
     * @param address {@code host:port}
     * @throws CannotStart if the environment has no login for it
     */
    static ServerInUse at(String address) {
        @Nullable String user = System.getenv(USER);
        if (user == null) {
            throw new CannotStart("--postgres needs a login that may make databases: set " + USER + " and " + PASSWORD);
        }
        int colon = address.lastIndexOf(':');
        BenchServer server = new BenchServer(
                address.substring(0, colon),
                Integer.parseInt(address.substring(colon + 1)),
                user,
                Objects.requireNonNullElse(System.getenv(PASSWORD), ""),
                OptionalLong.empty());
        return new ServerInUse(server, () -> {});
    }

    /**
     * One of its own, started on an empty folder.
     *
     * @throws CannotStart if it does not start, saying why
     */
    static ServerInUse own(Path folder, int port, StopSignal stop) {
        EmbeddedPostgres own = new EmbeddedPostgres(folder, port, SETTINGS);
        stop.beforeEndingAtOnce(() -> own.process().ifPresent(ProcessHandle::destroyForcibly));
        try {
            own.start();
        } catch (RuntimeException failed) {
            own.close();
            throw failed;
        }
        BenchServer server = new BenchServer(
                EmbeddedPostgres.HOST,
                own.port(),
                EmbeddedPostgres.USER,
                own.password(),
                own.process().map(ProcessHandle::pid).map(OptionalLong::of).orElse(OptionalLong.empty()));
        return new ServerInUse(server, own::close);
    }

    @Override
    public void close() {
        stop.run();
    }
}
