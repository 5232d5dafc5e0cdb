package io.citygrid.web.access;

import io.citygrid.security.User;
import io.citygrid.security.Users;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The users of this web application, or that there is no file of them and everybody may do everything. */
@Component
final class KnownUsers {
    private static final Logger log = LoggerFactory.getLogger(KnownUsers.class);

    private final @Nullable Users users;

    KnownUsers(@Value("${citygrid.users.file}") String file) {
        this.users = file.isBlank() ? null : Users.of(Path.of(file));
        if (users == null) {
            log.warn("NOBODY HAS TO LOG IN: whoever reaches this web application may sell, move stock and read "
                    + "everything. Start it with --users FILE (or CITYGRID_USERS) to change that.");
        }
    }

    /** Whether nobody has to log in. */
    boolean isOpen() {
        return users == null;
    }

    /** Whoever is called {@code name} now. */
    Optional<User> find(String name) {
        return users == null ? Optional.empty() : users.find(name);
    }

    /** See {@link Users#isGuessable}. */
    boolean isGuessable(String name) {
        return users == null || users.isGuessable(name);
    }

    /** The user, if {@code password} is theirs. The caller clears {@code password}. */
    Optional<User> authenticate(String name, char[] password) {
        return users == null ? Optional.empty() : users.authenticate(name, password);
    }
}
