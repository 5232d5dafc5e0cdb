package io.citygrid.launch;

import io.citygrid.durability.DatabaseSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the databases are, for commands that need no grid. */
public final class DatabaseOptions {
    @Option(
            names = "--databases",
            required = true,
            paramLabel = "URLS",
            description = "PostgreSQL: central=jdbc:postgresql://host:port/name,1=jdbc:… by city id.")
    private String databases = "";

    @Option(
            names = "--databases-login",
            paramLabel = "FILE",
            description = "File with user=… and password=… for them, or a demo's connections.properties (default: the "
                    + "environment's " + DatabaseLogin.USER + ", and " + DatabaseLogin.PASSWORD_FILE + " or "
                    + DatabaseLogin.PASSWORD + ").")
    private @Nullable Path login;

    /** @throws IllegalArgumentException saying which option is wrong */
    public DatabaseSettings settings() {
        return login == null
                ? DatabaseLogin.ofEnvironment(System.getenv()).to(databases)
                : DatabaseLogin.ofFile(login).to(databases);
    }
}
