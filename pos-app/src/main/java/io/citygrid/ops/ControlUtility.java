package io.citygrid.ops;

import io.citygrid.load.cli.DemoLogins;
import io.citygrid.security.GridLogin;
import io.citygrid.security.Role;
import io.citygrid.security.tls.TlsSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import org.apache.ignite.internal.commandline.CommandHandler;
import org.jspecify.annotations.Nullable;

/**
 * Ignite's control utility, logged in and with TLS without a password on a command line, where everybody could read it: the login
 * from the file that the system property names, the environment, or as the operator of the demo in the folder that the other names;
 * the keys from the file that {@link TlsSettings#VARIABLE} names.
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
        if (String.join(" ", all).contains("--cache create")) {
            System.err.println(
                    "pos: the grid refuses --cache create, by which a client could start programs on its nodes;"
                            + " create tables with CREATE TABLE in ./pos sql");
            System.exit(2);
        }
        try {
            tls().ifPresent(tls -> all.addAll(options(tls)));
            login().ifPresent(login -> all.addAll(List.of("--user", login.user(), "--password", login.password())));
        } catch (IllegalArgumentException notUsable) {
            System.err.println("pos: " + notUsable.getMessage());
            System.exit(2);
        }
        CommandHandler utility = new CommandHandler();
        // It warns of passwords on the command line, and these are not.
        Logger.getLogger(CommandHandler.class.getName() + "Log")
                .setFilter(line -> !line.getMessage().startsWith("Warning: --"));
        System.exit(utility.execute(all));
    }

    private static Optional<TlsSettings> tls() {
        return Optional.ofNullable(TlsSettings.of(null, System.getenv()))
                .map(settings -> settings.requireInTime(Instant.now()));
    }

    private static List<String> options(TlsSettings tls) {
        return List.of(
                "--ssl-protocol",
                TlsSettings.PROTOCOL,
                "--keystore-type",
                TlsSettings.STORE_TYPE,
                "--keystore",
                tls.keys().path().toString(),
                "--keystore-password",
                tls.keys().password(),
                "--truststore-type",
                TlsSettings.STORE_TYPE,
                "--truststore",
                tls.trust().path().toString(),
                "--truststore-password",
                tls.trust().password());
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
