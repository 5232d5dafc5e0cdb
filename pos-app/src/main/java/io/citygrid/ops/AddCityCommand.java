package io.citygrid.ops;

import io.citygrid.grid.client.GridClient;
import io.citygrid.launch.Console;
import io.citygrid.security.Role;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ops add-city}: makes a city known to a running grid. */
@Command(
        name = "add-city",
        description = "Makes a city known to a running grid, and where its rows are kept; nodes learn it without a "
                + "restart. Then start its nodes. Doing it again goes on where it ended, and adds stores.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AddCityCommand extends OperatorCommand {
    @Option(names = "--id", required = true, paramLabel = "ID", description = "1 to 63; kept for ever.")
    private int id;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "As people write it.")
    private String name = "";

    @Option(
            names = "--database",
            required = true,
            paramLabel = "HOST:PORT/NAME",
            description = "Its own PostgreSQL database, empty, as the nodes reach it with the login they have.")
    private String database = "";

    @Option(
            names = "--create-database",
            description = "Make the database if its server has none of that name; the login must be allowed to.")
    private boolean createDatabase;

    @Option(
            names = "--store",
            paramLabel = "CODE=NAME",
            description = "A store, as in ISB001='Islamabad Blue Area'; may be given several times. Ids follow the "
                    + "highest that there is.")
    private Map<String, String> stores = new LinkedHashMap<>();

    @Spec
    private @Nullable CommandSpec command;

    /** It brings rows in. */
    AddCityCommand() {
        super(Role.CENTRAL_ADMIN);
    }

    @Override
    void on(GridClient client, Console console) {
        new AddCity(client, console::say).run(wanted());
        String city = name.toLowerCase(Locale.ROOT);
        console.show("Start its nodes, each with ports and a name of its own, and with the logins that the grid's other"
                + " nodes have (--tls and --data-key too, if they do):\n  ./pos node --city '" + city
                + "' --name " + city.replaceAll("[^a-z0-9]+", "-") + "-1 --join HOST:PORT --databases-login FILE"
                + " --users FILE --grid-login FILE");
    }

    private AddCity.Wanted wanted() {
        if (!database.matches("(jdbc:postgresql://)?[^\\s/:]+(:[0-9]{1,5})?/[^\\s/]+")) {
            throw wrong("--database '" + database + "': write HOST:PORT/NAME");
        }
        try {
            String url = database.startsWith("jdbc:") ? database : "jdbc:postgresql://" + database;
            return new AddCity.Wanted(id, name, url, createDatabase, stores);
        } catch (IllegalArgumentException outOfRange) {
            throw wrong("--id " + id + ": " + outOfRange.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
    }
}
