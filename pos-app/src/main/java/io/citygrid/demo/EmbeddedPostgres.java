package io.citygrid.demo;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.launch.CannotStart;
import io.citygrid.launch.Ports;
import io.citygrid.security.OwnerOnlyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of one's own with the databases of the chain: {@code karachi_db}, {@code lahore_db}, {@code pos_central}.
 * Its data stays in the folder between runs, and every commit is on disk before it is confirmed. It listens on one
 * address only, 127.0.0.1 unless told otherwise, and asks for a password (SCRAM-SHA-256).
 *
 * <p>The programs are zonky's; zonky's launcher is not used, because it trusts every local user and turns fsync off.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    /** The only address it listens on, unless it is told another. */
    public static final String HOST = "127.0.0.1";

    /** The user that owns the databases. */
    public static final String USER = "postgres";

    private static final Map<Integer, String> DATABASES =
            Map.of(1, "karachi_db", 2, "lahore_db", DatabaseSettings.CENTRAL, "pos_central");

    private final Path folder;
    private final Path data;
    private final String host;
    private final int port;
    private final Map<String, String> settings;
    private @Nullable PostgresServer server;
    private String password = "";

    /**
     * Starts nothing yet.
     *
     * @param folder where the data (in {@code postgres}) and the password (in {@code postgres-password}) are kept; made if missing
     * @param port where it listens; must be free when it starts
     */
    public EmbeddedPostgres(Path folder, int port) {
        this(folder, HOST, port);
    }

    /**
     * Starts nothing yet.
     *
     * @param host the address on which it listens; it lets in, with the password, whoever is in a network of this machine
     */
    public EmbeddedPostgres(Path folder, String host, int port) {
        this(folder, host, port, Map.of());
    }

    /**
     * Starts nothing yet.
     *
     * @param settings of the server, instead of a demo's; those without which a confirmed sale could be lost stay as they are
     */
    public EmbeddedPostgres(Path folder, int port, Map<String, String> settings) {
        this(folder, HOST, port, settings);
    }

    private EmbeddedPostgres(Path folder, String host, int port, Map<String, String> settings) {
        try {
            // The real path, because a server that runs already is known by it.
            this.folder = Files.createDirectories(folder).toRealPath();
        } catch (IOException notUsable) {
            throw new CannotStart("folder " + folder + " cannot be used: " + notUsable.getMessage(), notUsable);
        }
        this.data = this.folder.resolve("postgres");
        this.host = host;
        this.port = port;
        this.settings = Map.copyOf(settings);
    }

    /**
     * Starts the server, or starts it again, and returns when it answers. A server that a killed demo left running is stopped
     * first; what one that was killed itself left behind is cleared.
     *
     * @throws CannotStart if the port is taken, or PostgreSQL refuses, saying why
     */
    public synchronized void start() {
        try {
            password = readOrMakePassword();
            PostgresServer starting = server();
            starting.stop();
            Ports.require(host, port, "PostgreSQL", "--pg-port");
            starting.initialise(passwordFile(), host);
            starting.start(host, port, settings);
            try (Connection connection = connect("postgres");
                    Statement statement = connection.createStatement()) {
                starting.verify(statement);
                createMissing(statement);
            }
        } catch (IOException | SQLException failed) {
            throw new CannotStart("PostgreSQL in " + data + " did not start: " + failed.getMessage(), failed);
        }
    }

    private PostgresServer server() throws IOException {
        @Nullable PostgresServer known = server;
        if (known == null) {
            known = new PostgresServer(new PostgresPrograms(PostgresAccount.find(), folder), data);
            server = known;
        }
        return known;
    }

    private String readOrMakePassword() throws IOException {
        if (Files.exists(passwordFile())) {
            return Files.readString(passwordFile()).strip();
        }
        if (Files.exists(data)) {
            throw new CannotStart(passwordFile() + " is missing, without which " + data
                    + " cannot be opened: put it back, start with --fresh, or choose another folder with --data");
        }
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        String generated = HexFormat.of().formatHex(random);
        OwnerOnlyFile.write(passwordFile(), generated + "\n");
        return generated;
    }

    private Path passwordFile() {
        return folder.resolve("postgres-password");
    }

    private static void createMissing(Statement statement) throws SQLException {
        for (String database : DATABASES.values()) {
            try (ResultSet found =
                    statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
                if (found.next()) {
                    continue;
                }
            }
            statement.execute("CREATE DATABASE " + database);
            log.info("database {} created", database);
        }
    }

    /** Whether the server's process lives. */
    public boolean isRunning() {
        return Postmaster.living(data).isPresent();
    }

    /** The server's process. */
    public Optional<ProcessHandle> process() {
        return Postmaster.living(data);
    }

    public int port() {
        return port;
    }

    /** Known once it has been started. */
    public synchronized String password() {
        return password;
    }

    /** How nodes reach the databases; known once it has been started. */
    public synchronized DatabaseSettings databases() {
        Map<Integer, String> urls = new LinkedHashMap<>();
        DATABASES.forEach((city, database) -> urls.put(city, url(database)));
        return new DatabaseSettings(urls, USER, password);
    }

    /** A connection of its owner to {@code database}, for checks and tests. */
    public Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(url(database), properties);
    }

    /** Whether any city's database has a store. */
    boolean hasStores() {
        for (String database : DATABASES.values()) {
            try (Connection connection = connect(database);
                    Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM stores)")) {
                found.next();
                if (found.getBoolean(1)) {
                    return true;
                }
            } catch (SQLException unreadable) {
                throw new CannotStart(database + " could not be looked at: " + unreadable.getMessage(), unreadable);
            }
        }
        return false;
    }

    private String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** Kills the server's processes as a power cut would (SIGKILL); {@link #start} brings it back. */
    public synchronized void killAbruptly() {
        Postmaster.living(data).ifPresent(Postmaster::kill);
    }

    /** Stops the server: open transactions are rolled back, everything confirmed is on disk. Bounded; stopping twice is fine. */
    @Override
    public synchronized void close() {
        try {
            if (isRunning()) {
                server().stop();
            }
        } catch (IOException failed) {
            log.warn("PostgreSQL in {} did not stop cleanly", data, failed);
            killAbruptly();
        }
    }
}
