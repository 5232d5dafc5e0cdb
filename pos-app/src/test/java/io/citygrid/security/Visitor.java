package io.citygrid.security;

import io.citygrid.grid.client.GridClientSettings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.ignite.IgniteLogger;
import org.apache.ignite.Ignition;
import org.apache.ignite.client.IgniteClient;
import org.apache.ignite.configuration.ClientConfiguration;
import org.apache.ignite.internal.commandline.CommandHandler;
import org.apache.ignite.logger.NullLogger;
import org.jspecify.annotations.Nullable;

/** Somebody at the doors of a grid, logged in or not. Connections are kept for the next try. */
final class Visitor implements AutoCloseable {
    private final String address;
    private final @Nullable GridLogin login;
    private @Nullable IgniteClient thin;
    private @Nullable Connection jdbc;

    Visitor(String address, @Nullable GridLogin login) {
        this.address = address;
        this.login = login;
    }

    IgniteClient thin() {
        if (thin == null) {
            ClientConfiguration configuration = new ClientConfiguration()
                    .setAddresses(address)
                    .setTimeout(30_000)
                    .setPartitionAwarenessEnabled(false)
                    .setClusterDiscoveryEnabled(false);
            if (login != null) {
                configuration.setUserName(login.user()).setUserPassword(login.password());
            }
            thin = Ignition.startClient(configuration);
        }
        return thin;
    }

    void jdbc(String sql) throws SQLException {
        if (jdbc == null) {
            Properties properties = new Properties();
            if (login != null) {
                properties.setProperty("user", login.user());
                properties.setProperty("password", login.password());
            }
            jdbc = DriverManager.getConnection("jdbc:ignite:thin://" + address, properties);
        }
        try (Statement statement = jdbc.createStatement()) {
            statement.execute(sql);
        }
    }

    /** @throws IllegalStateException with what the control utility said, if it did not end well */
    void utility(String... words) {
        List<String> all = new ArrayList<>(List.of(
                "--host",
                GridClientSettings.of(address).addresses().get(0).split(":")[0],
                "--port",
                address.split(":")[1]));
        if (login != null) {
            all.addAll(List.of("--user", login.user(), "--password", login.password()));
        }
        all.addAll(List.of(words));
        Said said = new Said();
        InputStream typed = System.in;
        // Whoever gives no login is asked for one at the keyboard, and types nothing.
        System.setIn(new ByteArrayInputStream("\n".repeat(100).getBytes(StandardCharsets.US_ASCII)));
        try {
            if (new CommandHandler(said).execute(all) != CommandHandler.EXIT_CODE_OK) {
                throw new IllegalStateException(said.text.toString());
            }
        } finally {
            System.setIn(typed);
        }
    }

    /** Keeps what the utility prints. */
    private static final class Said extends NullLogger {
        private final StringBuilder text = new StringBuilder();

        @Override
        public IgniteLogger getLogger(Object category) {
            return this;
        }

        @Override
        public void info(String message) {
            text.append(message).append('\n');
        }

        @Override
        public void error(String message) {
            error(message, null);
        }

        @Override
        public void error(String message, @Nullable Throwable thrown) {
            text.append(message).append('\n');
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }
    }

    @Override
    public void close() throws SQLException {
        if (thin != null) {
            thin.close();
        }
        if (jdbc != null) {
            jdbc.close();
        }
    }
}
