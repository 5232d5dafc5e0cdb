package io.citygrid.security;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** How users stand in a file: {@code user.NAME = HASH ROLE[,ROLE…] [cities=1,2]}. */
public final class UsersFile {
    /** What the lines of users begin with. */
    public static final String PREFIX = "user.";

    /** Enough for every store of a large chain, and little enough to read at once. */
    private static final int USERS_MAX = 100_000;

    private static final String CITIES = "cities=";

    private UsersFile() {}

    /**
     * A user as stored.
     *
     * @param hash their password, as {@link Passwords} makes it
     */
    public record Entry(User user, String hash) {
        public Entry {
            Passwords.requireStored(hash);
        }

        /** The value of this user's line. */
        public String line() {
            return hash + " " + user.terms();
        }

        @Override
        public String toString() {
            return "Entry[" + user + "]";
        }
    }

    /**
     * All users of {@code file}, by name.
     *
     * @throws IllegalArgumentException if it cannot be read, or a line of it cannot: in words that name the user and quote no hash
     */
    public static Map<String, Entry> read(Path file) {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(Files.readString(file)));
        } catch (IOException | IllegalArgumentException notReadable) {
            throw new IllegalArgumentException(
                    "the users file " + file + " cannot be read by this program's user", notReadable);
        }
        Map<String, Entry> users = new LinkedHashMap<>();
        for (String key : lines.stringPropertyNames()) {
            if (!key.startsWith(PREFIX)) {
                throw new IllegalArgumentException(
                        "the users file " + file + " has a line '" + key + "': lines begin with " + PREFIX);
            }
            String name = key.substring(PREFIX.length());
            try {
                users.put(name, entry(name, lines.getProperty(key)));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        "the users file " + file + ", user " + name + ": " + wrong.getMessage(), wrong);
            }
        }
        if (users.isEmpty() || users.size() > USERS_MAX) {
            throw new IllegalArgumentException("the users file " + file + " has " + users.size()
                    + " users: it needs one at least, and takes " + USERS_MAX);
        }
        return Map.copyOf(users);
    }

    private static Entry entry(String name, String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length < 2 || words.length > 3 || (words.length == 3 && !words[2].startsWith(CITIES))) {
            throw new IllegalArgumentException("a line is user.NAME = HASH ROLE[,ROLE…] [cities=1,2]");
        }
        Set<Role> roles = Arrays.stream(words[1].split(",")).map(Role::of).collect(Collectors.toSet());
        return new Entry(new User(name, roles, words.length < 3 ? Set.of() : cities(words[2])), words[0]);
    }

    private static Set<Integer> cities(String word) {
        try {
            return Arrays.stream(word.substring(CITIES.length()).split(","))
                    .map(Integer::valueOf)
                    .collect(Collectors.toSet());
        } catch (NumberFormatException notNumbers) {
            throw new IllegalArgumentException(
                    "'" + word + "': cities are numbers with commas between them", notNumbers);
        }
    }
}
