package io.citygrid.launch;

import io.citygrid.security.User;
import io.citygrid.security.UsersFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The users file, to be changed: written whole, readable by its owner only, and never seen half written. */
public final class StoredUsers {
    private static final String HEADING =
            "# Users of the grid, the same file on every machine. Change it with ./pos ops user; running nodes read"
                    + " it\n# anew by themselves. user.NAME = HASH ROLE[,ROLE…] [cities=1,2]\n";

    private final Path file;
    private final TreeMap<String, UsersFile.Entry> entries;

    private StoredUsers(Path file, Map<String, UsersFile.Entry> entries) {
        this.file = file;
        this.entries = new TreeMap<>(entries);
    }

    /** @throws IllegalArgumentException if {@code file} is there and cannot be read */
    public static StoredUsers in(Path file) {
        return new StoredUsers(file, Files.exists(file) ? UsersFile.read(file) : Map.of());
    }

    /** By name. */
    public Map<String, UsersFile.Entry> entries() {
        return Map.copyOf(entries);
    }

    /** Adds a user, or gives one another password, other roles or other cities. */
    public StoredUsers put(User user, String hash) {
        entries.put(user.name(), new UsersFile.Entry(user, hash));
        return this;
    }

    /** @throws IllegalArgumentException if it is the last one: a file without users lets nobody in */
    public StoredUsers remove(String name) {
        if (entries.size() == 1 && entries.containsKey(name)) {
            throw new IllegalArgumentException(name + " is the last user: add another one first");
        }
        entries.remove(name);
        return this;
    }

    /** Writes the file. */
    public void write() {
        OwnerOnlyFile.write(
                file,
                HEADING
                        + entries.entrySet().stream()
                                .map(entry -> UsersFile.PREFIX + entry.getKey() + " = "
                                        + entry.getValue().line() + "\n")
                                .collect(Collectors.joining()));
    }
}
