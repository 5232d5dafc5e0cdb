package io.citygrid.launch;

import io.citygrid.durability.DatabaseSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The databases as options of a command line. The login to them is none of them: a command line is public. */
public final class DatabaseLogin {
    private static final String USER = "CITYGRID_DB_USER";
    private static final String PASSWORD = "CITYGRID_DB_PASSWORD";

    @Option(
            names = "--databases",
            required = true,
            paramLabel = "URLS",
            description = "PostgreSQL: central=jdbc:postgresql://host:port/name,1=jdbc:… by city id.")
    private String databases = "";

    @Option(
            names = "--databases-login",
            paramLabel = "FILE",
            description = "File with user=… and password=… for them (default: the environment's " + USER + " and "
                    + PASSWORD + ").")
    private @Nullable Path login;

    /** @throws IllegalArgumentException saying which option is wrong */
    public DatabaseSettings settings() {
        Properties found = new Properties();
        if (login == null) {
            System.getenv().forEach((variable, value) -> {
                if (variable.equals(USER) || variable.equals(PASSWORD)) {
                    found.setProperty(variable.equals(USER) ? "user" : "password", value);
                }
            });
        } else {
            try {
                found.load(new StringReader(Files.readString(login)));
            } catch (IOException notReadable) {
                throw new IllegalArgumentException("--databases-login " + login + " cannot be read", notReadable);
            }
        }
        String user = found.getProperty("user");
        if (user == null) {
            throw new IllegalArgumentException("no user for the databases: set " + USER + " and " + PASSWORD
                    + ", or write --databases-login FILE with user=… and password=…");
        }
        return DatabaseSettings.parse(databases, user, found.getProperty("password", ""));
    }
}
