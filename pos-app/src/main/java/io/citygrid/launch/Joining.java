package io.citygrid.launch;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.GridClientSettings;
import io.citygrid.grid.client.NotAllowed;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.growth.JoinTerms;
import io.citygrid.security.GridLogin;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * On which terms a node joins a running grid: asked of the grid, and written down in the node's folder, because it must also start
 * when no other node runs that could be asked.
 *
 * @param peers discovery addresses of the grid's nodes
 * @param databases as {@link io.citygrid.durability.DatabaseSettings#parse} reads it
 * @param cities ids by name
 */
record Joining(
        List<String> peers,
        String databases,
        String survivalGoal,
        String cityLoss,
        String writeThrough,
        Map<String, Integer> cities) {
    private static final String FILE = "joined.properties";

    /**
     * Asks a node of the grid; when none answers, what was answered last time holds.
     *
     * @param addresses {@code host:port[,host:port…]} of nodes, for thin clients
     * @param login the node's own
     * @param directory of the node
     * @throws CannotStart if no node answers and none ever did
     */
    static Joining of(String addresses, Optional<GridLogin> login, Path directory) {
        try (GridClient grid = new GridClient(GridClientSettings.of(addresses).withLogin(login.orElse(null)))) {
            JoinTerms terms = grid.operate(Tasks.JOIN, "");
            Joining joining = new Joining(
                    terms.peers(),
                    terms.databases(),
                    terms.survivalGoal(),
                    terms.cityLoss(),
                    terms.writeThrough(),
                    terms.cities());
            joining.write(directory.resolve(FILE));
            return joining;
        } catch (NotAllowed refused) {
            throw new CannotStart(
                    "the grid at " + addresses + " does not let this node ask: " + refused.getMessage(), refused);
        } catch (OutcomeUnknown noAnswer) {
            if (Files.exists(directory.resolve(FILE))) {
                return read(directory.resolve(FILE));
            }
            throw new CannotStart(
                    "no node of the grid answers at " + addresses + " (" + noAnswer.getMessage()
                            + "): --join names thin client addresses of nodes that run",
                    noAnswer);
        }
    }

    private void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException notWritable) {
            throw new CannotStart(file + " cannot be written: " + notWritable.getMessage(), notWritable);
        }
        OwnerOnlyFile.write(
                file,
                "peers=" + String.join(",", peers) + "\ndatabases=" + databases + "\nsurvive=" + survivalGoal
                        + "\ncity.loss=" + cityLoss + "\nwrite.through=" + writeThrough + "\n"
                        + new TreeMap<>(cities)
                                .entrySet().stream()
                                        .map(city -> "city." + city.getValue() + "=" + city.getKey() + "\n")
                                        .collect(Collectors.joining()));
    }

    private static Joining read(Path file) {
        Properties values = new Properties();
        try {
            values.load(new StringReader(Files.readString(file)));
        } catch (IOException notReadable) {
            throw new CannotStart(file + " cannot be read: " + notReadable.getMessage(), notReadable);
        }
        Map<String, Integer> cities = new TreeMap<>();
        for (String key : values.stringPropertyNames()) {
            if (key.matches("city\\.[0-9]{1,2}")) {
                cities.put(values.getProperty(key), Integer.valueOf(key.substring("city.".length())));
            }
        }
        return new Joining(
                List.of(values.getProperty("peers", "").split(",")),
                values.getProperty("databases", ""),
                values.getProperty("survive", ""),
                values.getProperty("city.loss", ""),
                values.getProperty("write.through", ""),
                cities);
    }
}
