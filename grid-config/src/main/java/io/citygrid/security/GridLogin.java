package io.citygrid.security;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A name and a password to log in to the grid with, from a file or from the environment: a command line can be read by everybody.
 *
 * @param user a {@link User#name}
 */
public record GridLogin(String user, String password) {
    /** The environment's variable with the user's name. */
    public static final String USER = "CITYGRID_GRID_USER";

    /** The environment's variable with the password. */
    public static final String PASSWORD = "CITYGRID_GRID_PASSWORD";

    /** Names a file with nothing but the password in it, as container engines hand secrets over. */
    public static final String PASSWORD_FILE = "CITYGRID_GRID_PASSWORD_FILE";

    private static final String USER_KEY = "grid.user";
    private static final String PASSWORD_KEY = "grid.password";

    public GridLogin {
        if (user.isBlank() || password.isEmpty()) {
            throw new IllegalArgumentException(
                    "a login to the grid has a user and a password, and one of them is empty");
        }
    }

    /**
     * Of the environment; empty if it names no user.
     *
     * @throws IllegalArgumentException if there is a user and no password, or two, or its file cannot be read
     */
    public static Optional<GridLogin> ofEnvironment(Map<String, String> environment) {
        String user = environment.getOrDefault(USER, "");
        if (user.isEmpty()) {
            return Optional.empty();
        }
        String password = environment.getOrDefault(PASSWORD, "");
        String file = environment.getOrDefault(PASSWORD_FILE, "");
        if (password.isEmpty() == file.isEmpty()) {
            throw new IllegalArgumentException(
                    USER + " is set: set " + PASSWORD + " or " + PASSWORD_FILE + " as well, and one of them alone");
        }
        return Optional.of(new GridLogin(
                user,
                file.isEmpty() ? password : read(Path.of(file), PASSWORD_FILE).strip()));
    }

    /** @throws IllegalArgumentException if {@code file} cannot be read or has no lines grid.user=… and grid.password=… */
    public static GridLogin ofFile(Path file) {
        Properties found = new Properties();
        try {
            found.load(new StringReader(read(file, "--grid-login")));
        } catch (IOException notFromMemory) {
            throw new IllegalArgumentException("--grid-login " + file + " cannot be read", notFromMemory);
        }
        String user = found.getProperty(USER_KEY, "");
        String password = found.getProperty(PASSWORD_KEY, "");
        if (user.isEmpty() || password.isEmpty()) {
            throw new IllegalArgumentException(
                    "--grid-login " + file + " needs the lines " + USER_KEY + "=… and " + PASSWORD_KEY + "=…");
        }
        return new GridLogin(user, password);
    }

    private static String read(Path file, String whose) {
        try {
            return Files.readString(file);
        } catch (IOException notReadable) {
            throw new IllegalArgumentException(
                    whose + ": " + file + " cannot be read by this program's user", notReadable);
        }
    }

    @Override
    public String toString() {
        return "GridLogin[" + user + "]";
    }
}
