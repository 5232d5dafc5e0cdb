package io.citygrid.testing;

import io.citygrid.demo.EmbeddedPostgres;
import io.citygrid.durability.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A real PostgreSQL server for each database of the chain, so that one may be killed or frozen while the others go on. */
public final class CityServers implements PostgresAccess, AutoCloseable {
    public static final String KARACHI = "karachi_db";
    public static final String LAHORE = "lahore_db";
    public static final String CENTRAL = "pos_central";

    private static final Map<String, Integer> CITIES =
            Map.of(KARACHI, Shop.KARACHI, LAHORE, Shop.LAHORE, CENTRAL, DatabaseSettings.CENTRAL);

    private static final String PASSWORD = "postgres-password";

    private final Map<String, EmbeddedPostgres> servers = new LinkedHashMap<>();
    private final TreeSet<String> frozen = new TreeSet<>();

    public CityServers(Path directory) {
        List<String> databases = List.of(CENTRAL, KARACHI, LAHORE);
        try {
            for (String database : databases) {
                Path folder = Files.createDirectories(directory.resolve(database));
                if (!servers.isEmpty()) {
                    // One user and one password for all databases.
                    Files.copy(
                            directory.resolve(CENTRAL).resolve(PASSWORD),
                            folder.resolve(PASSWORD),
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
                EmbeddedPostgres server = new EmbeddedPostgres(folder, FreePorts.row(1));
                server.start();
                servers.put(database, server);
            }
        } catch (IOException failed) {
            close();
            throw new UncheckedIOException(failed);
        } catch (RuntimeException notStarted) {
            close();
            throw notStarted;
        }
    }

    /** Each city's database on its own server. */
    public DatabaseSettings settings() {
        Map<Integer, String> urls = new HashMap<>();
        CITIES.forEach((database, city) ->
                urls.put(city, server(database).databases().urls().get(city)));
        return new DatabaseSettings(urls, EmbeddedPostgres.USER, server(CENTRAL).password());
    }

    @Override
    public Connection connect(String database) throws SQLException {
        return server(database).connect(database);
    }

    private EmbeddedPostgres server(String database) {
        EmbeddedPostgres server = servers.get(database);
        if (server == null) {
            throw new IllegalArgumentException("no server has the database " + database);
        }
        return server;
    }

    /** SIGKILL to the server of {@code database} and all its children. */
    public void kill(String database) {
        server(database).killAbruptly();
    }

    /** An orderly stop: whoever is connected is told. */
    public void stop(String database) {
        server(database).close();
    }

    public void startAgain(String database) {
        server(database).start();
    }

    /** SIGSTOP: its connections stay open and new ones are accepted by the system, but nothing is answered. */
    public synchronized void freeze(String database) {
        frozen.add(database);
        ProcessSignals.freeze(process(database));
    }

    /** SIGCONT. */
    public synchronized void thaw(String database) {
        ProcessSignals.thaw(process(database));
        frozen.remove(database);
    }

    private ProcessHandle process(String database) {
        return server(database)
                .process()
                .orElseThrow(() -> new IllegalStateException("the server of " + database + " is not running"));
    }

    /** Stops all servers; frozen ones first go on. */
    @Override
    public synchronized void close() {
        for (String database : new ArrayList<>(frozen)) {
            server(database).process().ifPresent(ProcessSignals::thaw);
        }
        frozen.clear();
        servers.values().forEach(EmbeddedPostgres::close);
    }
}
