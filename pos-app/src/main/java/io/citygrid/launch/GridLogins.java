package io.citygrid.launch;

import io.citygrid.security.GridLogin;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whom a program logs in to the grid as. */
final class GridLogins {
    static final String DESCRIPTION = "File with grid.user=… and grid.password=… (default: the environment's "
            + GridLogin.USER + ", and " + GridLogin.PASSWORD_FILE + " or " + GridLogin.PASSWORD + ").";

    private GridLogins() {}

    /**
     * @param file of the option, if it was given
     * @throws IllegalArgumentException if what is given cannot be used
     */
    static Optional<GridLogin> of(@Nullable Path file) {
        return file == null ? GridLogin.ofEnvironment(System.getenv()) : Optional.of(GridLogin.ofFile(file));
    }
}
