package io.citygrid.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody whom the users file names. A changed file counts a second after it was changed, without a restart: somebody who was
 * taken out of it loses their rights, with connections that are open too. A file that cannot be read leaves what was read last.
 */
public final class Users {
    private static final Logger log = LoggerFactory.getLogger(Users.class);

    /** How often the file is looked at, while somebody asks. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private final Path file;
    private final VerifiedLogins verified = new VerifiedLogins();
    private final String nobody;
    private volatile Map<String, UsersFile.Entry> entries;
    private volatile @Nullable Stamp stamp;
    private volatile long lookedAt;

    private Users(Path file) {
        this.file = file.toAbsolutePath();
        this.stamp = Stamp.of(this.file);
        this.entries = UsersFile.read(this.file);
        this.nobody = Passwords.unmatched(entries.values().stream()
                .map(UsersFile.Entry::hash)
                .max(Comparator.comparing(Passwords::iterations))
                .orElseThrow());
        this.lookedAt = System.nanoTime();
        warnOfOthers();
    }

    /** @throws IllegalArgumentException if {@code file} cannot be read as {@link UsersFile} says */
    public static Users of(Path file) {
        return new Users(file);
    }

    /** The file that names them. */
    public Path file() {
        return file;
    }

    /** Whoever is called {@code name} now; empty if nobody is. */
    public Optional<User> find(String name) {
        return Optional.ofNullable(current().get(name)).map(UsersFile.Entry::user);
    }

    /**
     * Whether it is worth somebody's while to guess the password of {@code name}: not one that {@code ./pos ops user} made up, which
     * is why trying such a user's password need not be slowed down.
     */
    public boolean isGuessable(String name) {
        UsersFile.@Nullable Entry entry = current().get(name);
        return entry == null || Passwords.iterations(entry.hash()) > Passwords.GENERATED_ITERATIONS;
    }

    /** Everybody's name. */
    public Set<String> names() {
        return current().keySet();
    }

    /**
     * The user, if {@code password} is theirs; empty if it is not, or if there is none, which takes the same time as for a
     * password that somebody chose. The caller clears {@code password}.
     */
    public Optional<User> authenticate(String name, char[] password) {
        UsersFile.@Nullable Entry entry = current().get(name);
        if (entry == null) {
            // Whoever does not exist is told so after the same time as whoever has another password.
            Passwords.matches(password, nobody);
            return Optional.empty();
        }
        return verified.matches(name, password, entry.hash()) ? Optional.of(entry.user()) : Optional.empty();
    }

    private Map<String, UsersFile.Entry> current() {
        long now = System.nanoTime();
        if (now - lookedAt >= LOOK_EVERY.toNanos()) {
            lookAgain(now);
        }
        return entries;
    }

    private synchronized void lookAgain(long now) {
        if (now - lookedAt < LOOK_EVERY.toNanos()) {
            return;
        }
        lookedAt = now;
        @Nullable Stamp found = Stamp.of(file);
        if (found == null || found.equals(stamp)) {
            return;
        }
        stamp = found;
        try {
            entries = UsersFile.read(file);
            log.info("users are read anew: {} of {}", entries.size(), file);
            warnOfOthers();
        } catch (IllegalArgumentException wrong) {
            log.error("users stay as they were: {}", wrong.getMessage());
        }
    }

    private void warnOfOthers() {
        try {
            Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
            if (allowed.stream().anyMatch(OF_OTHERS::contains)) {
                log.warn("the users file {} can be read or changed by others than its owner: chmod 600 it", file);
            }
        } catch (IOException | UnsupportedOperationException notKnown) {
            log.debug("who may read {} is not known", file, notKnown);
        }
    }

    /** What a changed file differs by; a file that is replaced has another key. */
    private record Stamp(long modified, long size, @Nullable Object key) {
        static @Nullable Stamp of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(now.lastModifiedTime().toMillis(), now.size(), now.fileKey());
            } catch (IOException away) {
                return null;
            }
        }
    }
}
