package io.citygrid.testing;

import io.citygrid.security.Passwords;
import io.citygrid.security.UsersFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One user of each role, whose password is their name and some more. */
public final class WebUsers {
    public static final String ADMIN = "central_admin";
    public static final String KARACHI = "store_app.karachi";
    public static final String LAHORE = "store_app.lahore";
    public static final String ANALYST = "analyst";
    public static final String REPLICATOR = "replicator";
    public static final String OPS = "ops";
    public static final String NODE = "node";

    private static final Map<String, String> TERMS = new TreeMap<>(Map.of(
            ADMIN, "central_admin",
            KARACHI, "store_app cities=1",
            LAHORE, "store_app cities=2",
            ANALYST, "analyst",
            REPLICATOR, "replicator",
            OPS, "ops",
            NODE, "node"));

    /** Hashes that tests can afford. */
    private static final int ITERATIONS = 1_001;

    private WebUsers() {}

    public static String password(String user) {
        return user + " knocks twice";
    }

    /** Writes a file of all of them. */
    public static Path write(Path folder) {
        return write(folder, TERMS);
    }

    /** Writes a file of {@code users}, roles and cities by name. */
    public static Path write(Path folder, Map<String, String> users) {
        String lines = users.entrySet().stream()
                .map(user -> UsersFile.PREFIX + user.getKey() + " = "
                        + Passwords.hash(password(user.getKey()).toCharArray(), ITERATIONS) + " " + user.getValue()
                        + "\n")
                .collect(Collectors.joining());
        try {
            Path file = folder.resolve("users.properties");
            Path draft = Files.createTempFile(
                    folder,
                    "users",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, lines);
            return Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
