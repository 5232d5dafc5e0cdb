package io.citygrid.ops;

import io.citygrid.load.cli.DemoLogins;
import io.citygrid.security.GridLogin;
import io.citygrid.security.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ignite.internal.commandline.CommandHandler;
import org.jspecify.annotations.Nullable;

/**
 * Ignite's control utility, logged in without a password on a command line, where everybody could read it: from the file that the
 * system property names, the environment, or as the operator of the demo in the folder that the other names.
 */
public final class ControlUtility {
    /** A file with grid.user=… and grid.password=…. */
    static final String LOGIN = "citygrid.grid-login";

    /** A demo's folder. */
    static final String DATA = "citygrid.data";

    private ControlUtility() {}

    /** Runs it and exits with its code. */
    public static void main(String[] arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        try {
            login().ifPresent(login -> all.addAll(List.of("--user", login.user(), "--password", login.password())));
        } catch (IllegalArgumentException notUsable) {
            System.err.println("pos: " + notUsable.getMessage());
            System.exit(2);
        }
        System.exit(new CommandHandler().execute(all));
    }

    private static Optional<GridLogin> login() {
        @Nullable String file = System.getProperty(LOGIN);
        if (file != null && !file.isEmpty()) {
            return Optional.of(GridLogin.ofFile(Path.of(file)));
        }
        @Nullable String data = System.getProperty(DATA);
        return GridLogin.ofEnvironment(System.getenv())
                .or(() -> data == null ? Optional.empty() : DemoLogins.of(Path.of(data), Role.OPS));
    }
}
