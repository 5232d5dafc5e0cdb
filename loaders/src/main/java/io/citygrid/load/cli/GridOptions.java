package io.citygrid.load.cli;

import io.citygrid.grid.client.GridClientSettings;
import io.citygrid.security.GridLogin;
import io.citygrid.security.Role;
import io.citygrid.security.tls.TlsSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the grid is: said on the command line, or written down by the running demo. */
public final class GridOptions {
    private static final Pattern ADDRESSES =
            Pattern.compile("\\s*[^\\s:,]+:\\d{1,5}\\s*(,\\s*[^\\s:,]+:\\d{1,5}\\s*)*");
    private static final String KEY = "grid.thin";
    private static final String TLS_KEY = "grid.tls";
    private static final String DEFAULT_DATA = "./data";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = "--grid",
            paramLabel = "HOST:PORT[,HOST:PORT…]",
            description = "Thin client addresses of nodes; one is enough to find the others. "
                    + "Without it, the addresses of the demo that runs in the data directory.")
    private @Nullable String addresses;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DEFAULT_DATA,
            description = "The demo's data directory (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path data;

    @Option(
            names = "--tls",
            paramLabel = "FILE",
            description =
                    "For a grid with TLS: the file that names this program's key store (default: the environment's "
                            + TlsSettings.VARIABLE + ", or the running demo's).")
    private @Nullable Path tls;

    @Option(
            names = "--grid-login",
            paramLabel = "FILE",
            description = "File with grid.user=… and grid.password=…, for a grid with users. Without it, "
                    + GridLogin.USER + " and " + GridLogin.PASSWORD_FILE + " or " + GridLogin.PASSWORD
                    + " of the environment, or the login that the demo in the data directory made for this.")
    private @Nullable Path login;

    /** Whom the demo of the data directory lets do this. */
    private final Role demoRole;

    /** For whoever brings data in. */
    public GridOptions() {
        this(Role.CENTRAL_ADMIN);
    }

    /** @param demoRole the role of the demo's user that is logged in when nobody else is named */
    public GridOptions(Role demoRole) {
        this.demoRole = demoRole;
    }

    /** @throws ParameterException if no address is known, one is not {@code host:port}, or a file cannot be used */
    public GridClientSettings settings() throws IOException {
        Properties demo = addresses == null ? ofRunningDemo() : new Properties();
        String known = addresses == null ? demo.getProperty(KEY) : addresses;
        if (!ADDRESSES.matcher(known).matches()) {
            throw wrongUsage("'" + known + "' is not HOST:PORT[,HOST:PORT…]");
        }
        return GridClientSettings.of(known).withTls(tls(demo)).withLogin(login());
    }

    private @Nullable GridLogin login() {
        try {
            if (login != null) {
                return GridLogin.ofFile(login);
            }
            return GridLogin.ofEnvironment(System.getenv())
                    .or(() -> DemoLogins.of(data, demoRole))
                    .orElse(null);
        } catch (IllegalArgumentException notUsable) {
            throw wrongUsage(String.valueOf(notUsable.getMessage()));
        }
    }

    /** The options by which the same grid is found again, to print in a command that comes later; empty if none was needed. */
    public String asGiven() {
        String keys = tls == null ? "" : " --tls " + tls;
        if (addresses != null) {
            return " --grid " + addresses.replace(" ", "") + keys + (login == null ? "" : " --grid-login " + login);
        }
        return data.equals(Path.of(DEFAULT_DATA)) ? keys : " --data " + data + keys;
    }

    private @Nullable TlsSettings tls(Properties demo) {
        try {
            String ofDemo = demo.getProperty(TLS_KEY);
            TlsSettings settings =
                    TlsSettings.of(tls == null && ofDemo != null ? Path.of(ofDemo) : tls, System.getenv());
            return settings == null ? null : settings.requireInTime(Instant.now());
        } catch (IllegalArgumentException notUsable) {
            throw wrongUsage(String.valueOf(notUsable.getMessage()));
        }
    }

    private Properties ofRunningDemo() throws IOException {
        Path connections = data.resolve("connections.properties");
        Properties properties = new Properties();
        if (Files.isRegularFile(connections)) {
            try (Reader reader = Files.newBufferedReader(connections)) {
                properties.load(reader);
            }
        }
        String known = properties.getProperty(KEY);
        if (known == null || known.isBlank()) {
            throw wrongUsage("no running demo found in " + data + ": start ./pos demo or pass --grid");
        }
        return properties;
    }

    private ParameterException wrongUsage(String message) {
        return new CommandLine.ParameterException(command.commandLine(), message);
    }
}
