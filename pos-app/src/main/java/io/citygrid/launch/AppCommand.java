package io.citygrid.launch;

import io.citygrid.grid.client.GridClientSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code app}: the web app alone, as a thin client of nodes that run elsewhere. */
@Command(
        name = "app",
        description = "Runs the web app alone, as a thin client of running nodes, until Ctrl-C or SIGTERM.",
        sortOptions = false)
public final class AppCommand implements Callable<Integer> {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);
    private static final String ADDRESS = "[^\\s:,]+:[0-9]{1,5}";

    @Option(
            names = "--grid",
            required = true,
            split = ",",
            paramLabel = "HOST:PORT",
            description = "Thin client addresses of nodes, the own city's first; further nodes are found through them.")
    private List<String> grid = List.of();

    @Option(
            names = "--city",
            paramLabel = "CITY",
            description = "The city that it is for: it is ready while that city can sell (default: any city).")
    private @Nullable String city;

    @Option(names = "--host", description = "The address it listens on (default: 127.0.0.1).")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "Default: 8080.")
    private int port = 8080;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "It logs to DIR/logs/app-PORT.log (default DIR: ./data).")
    private Path data = Path.of("data");

    @Option(names = "--grid-login", paramLabel = "FILE", description = GridLogins.DESCRIPTION)
    private @Nullable Path login;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description =
                    "Who may log in, as ./pos ops user keeps them; the same file as the nodes'. Without it everybody"
                            + " may do everything.")
    private @Nullable Path users;

    @Option(
            names = "--audit-dir",
            paramLabel = "DIR",
            description = "Where it writes down who did what; best another disk than the data's, or a mounted server "
                    + "(default: DIR/audit in --data).")
    private @Nullable Path auditFolder;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        for (String address : grid) {
            if (!address.matches(ADDRESS)) {
                throw new ParameterException(command.commandLine(), "--grid '" + address + "': write host:port");
            }
        }
        int cityId;
        try {
            cityId = city == null || city.isBlank()
                    ? WebServer.ANY_CITY
                    : CityNames.ids(List.of(city), Map.of()).iterator().next();
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(command.commandLine(), "--city: " + unknown.getMessage(), unknown);
        }
        GridClientSettings settings;
        try {
            settings = new GridClientSettings(grid, GridLogins.of(login).orElse(null));
        } catch (IllegalArgumentException notUsable) {
            throw new ParameterException(command.commandLine(), String.valueOf(notUsable.getMessage()), notUsable);
        }
        LogFile.use(
                data.resolve("logs").resolve("app-" + port + ".log"),
                Map.of("role", "app", "city_id", String.valueOf(cityId)));
        StopSignal stop = StopSignal.install(STOP_WITHIN);
        Console console = new Console(command.commandLine().getOut());
        RunningParts.run(stop, console, parts -> {
            parts.add(
                    "web app",
                    STOP_WITHIN.minusSeconds(5),
                    WebServer.start(
                            host, port, settings, cityId, access(), Path.of(System.getProperty("java.io.tmpdir"))));
            console.say("READY at http://" + host + ":" + port);
        });
        return 0;
    }

    private WebAccess access() {
        return new WebAccess(users, auditFolder == null ? data.resolve("audit") : auditFolder, "app-" + port);
    }
}
