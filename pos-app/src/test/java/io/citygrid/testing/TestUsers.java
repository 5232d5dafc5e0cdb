package io.citygrid.testing;

import io.citygrid.grid.client.GridClientSettings;
import io.citygrid.launch.StoredUsers;
import io.citygrid.security.GridLogin;
import io.citygrid.security.NodeSecurity;
import io.citygrid.security.Passwords;
import io.citygrid.security.Role;
import io.citygrid.security.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/** A user of each role, known to every grid of a test run. Their hashes are cheap, so that tests do not spend their time on them, and guessing is slowed down all the same. */
public final class TestUsers {
    private static final int FEW_ITERATIONS = 1_001;
    private static final Path FILE = write();

    private TestUsers() {}

    /** A file for {@code --grid-login}. */
    public static String loginFile(Role role) {
        try {
            Path file = FILE.resolveSibling(role.setting() + "-login.properties");
            Files.writeString(file, "grid.user=" + role.setting() + "\ngrid.password=" + password(role) + "\n");
            file.toFile().deleteOnExit();
            return file.toString();
        } catch (IOException notWritable) {
            throw new UncheckedIOException(notWritable);
        }
    }

    private static Path write() {
        try {
            Path file = Files.createTempDirectory("citygrid-test-users").resolve("users.properties");
            file.getParent().toFile().deleteOnExit();
            StoredUsers users = StoredUsers.in(file);
            for (Role role : Role.values()) {
                users.put(user(role), hash(password(role)));
            }
            users.write();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException notWritable) {
            throw new UncheckedIOException(notWritable);
        }
    }

    /** Lets somebody in everywhere, a second later. */
    public static GridLogin add(User user) {
        GridLogin login = new GridLogin(user.name(), "the password of " + user.name());
        change(users -> users.put(user, hash(login.password())));
        return login;
    }

    public static void remove(String name) {
        change(users -> users.remove(name));
    }

    private static void change(Consumer<StoredUsers> change) {
        StoredUsers users = StoredUsers.in(FILE);
        change.accept(users);
        users.write();
    }

    /** A {@link Role#STORE_APP} is Karachi's. */
    public static User user(Role role) {
        return new User(role.setting(), Set.of(role), role == Role.STORE_APP ? Set.of(Shop.KARACHI) : Set.of());
    }

    public static String password(Role role) {
        return "the password of " + role.setting();
    }

    /** As a users file stores it, and cheap. */
    public static String hash(String password) {
        return Passwords.hash(password.toCharArray(), FEW_ITERATIONS);
    }

    public static GridLogin login(Role role) {
        return new GridLogin(role.setting(), password(role));
    }

    /** How the nodes of tests know their users. */
    public static NodeSecurity security() {
        return new NodeSecurity(FILE, null, FILE.resolveSibling("audit"), login(Role.NODE));
    }

    /** A way into the grid for whoever may do everything. */
    public static GridClientSettings admin(String addresses) {
        return GridClientSettings.of(addresses).withLogin(login(Role.CENTRAL_ADMIN));
    }

    /** JDBC as somebody of {@code role}. */
    public static String jdbcUrl(String addresses, Role role) {
        return "jdbc:ignite:thin://" + addresses + ";user=" + role.setting() + ";password=" + password(role);
    }
}
