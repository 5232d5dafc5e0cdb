package io.citygrid.launch;

import io.citygrid.durability.DatabaseSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * The login to the databases, from a file or from the environment: a command line can be read by everybody.
 *
 * @param user the same for all databases
 */
record DatabaseLogin(String user, String password) {
    static final String USER = "CITYGRID_DB_USER";
    static final String PASSWORD = "CITYGRID_DB_PASSWORD";

    /** Names a file with nothing but the password in it, as container engines hand secrets over. */
    static final String PASSWORD_FILE = "CITYGRID_DB_PASSWORD_FILE";

    /** @throws IllegalArgumentException if there is no user, or the password is given twice or cannot be read */
    static DatabaseLogin ofEnvironment(Map<String, String> environment) {
        String user = environment.getOrDefault(USER, "");
        String file = environment.getOrDefault(PASSWORD_FILE, "");
        String password = environment.getOrDefault(PASSWORD, "");
        if (user.isEmpty()) {
            throw new IllegalArgumentException("no user for the databases: set " + USER + " and " + PASSWORD_FILE
                    + " or " + PASSWORD + ", or write --databases-login FILE with user=… and password=…");
        }
        if (!file.isEmpty() && !password.isEmpty()) {
            throw new IllegalArgumentException(
                    PASSWORD + " and " + PASSWORD_FILE + " are both set: unset one, so that it is clear which counts");
        }
        return new DatabaseLogin(
                user,
                file.isEmpty() ? password : read(Path.of(file), PASSWORD_FILE).strip());
    }

    /** @throws IllegalArgumentException if {@code file} cannot be read or names no user */
    static DatabaseLogin ofFile(Path file) {
        Properties found = new Properties();
        try {
            found.load(new StringReader(read(file, "--databases-login")));
        } catch (IOException notFromMemory) {
            throw new IllegalArgumentException("--databases-login " + file + " cannot be read", notFromMemory);
        }
        // A demo writes down its own as pg.user and pg.password.
        String user = found.getProperty("user", found.getProperty("pg.user"));
        if (user == null) {
            throw new IllegalArgumentException("--databases-login " + file + " has no line user=…");
        }
        return new DatabaseLogin(user, found.getProperty("password", found.getProperty("pg.password", "")));
    }

    private static String read(Path file, String whose) {
        try {
            return Files.readString(file);
        } catch (IOException notReadable) {
            throw new IllegalArgumentException(
                    whose + ": " + file + " cannot be read by this program's user", notReadable);
        }
    }

    DatabaseSettings to(String databases) {
        return DatabaseSettings.parse(databases, user, password);
    }

    @Override
    public String toString() {
        return "DatabaseLogin[" + user + "]";
    }
}
