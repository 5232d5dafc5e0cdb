package io.citygrid.ops;

import io.citygrid.grid.client.GridClient;
import io.citygrid.launch.Console;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ops remove-node}: takes a node out of the grid for good. */
@Command(
        name = "remove-node",
        description =
                "Takes a node out of the grid for good, while registers sell: it leaves, and the others are given "
                        + "copies of what it had. Also for one that is gone and will not be back. The last node of a city stays.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RemoveNodeCommand extends OperatorCommand {
    @Parameters(paramLabel = "NAME", description = "The node's name.")
    private String name = "";

    @Option(names = "--undo", description = "Lets a node of that name in again; then start it.")
    private boolean undo;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            converter = Within.class,
            description = "How long the others may take to get its copies, as in 90s or 5m (default: 10m).")
    private Duration within = Duration.ofMinutes(10);

    @Override
    void on(GridClient client, Console console) {
        RemoveNode remove = new RemoveNode(client, console::say, within);
        if (undo) {
            remove.undo(name);
            console.say(name + " may come back: start it, and it is given its copies");
            return;
        }
        remove.run(name);
        console.say(name + " is out of the grid and has left. Earlier backups need its part of their snapshots: make a"
                + " full backup now (./pos ops backup), or copy DIR/nodes/" + name + "/snapshots into another node's"
                + " folder; after that its folder can be deleted. Should it come back: ./pos ops remove-node " + name
                + sameGrid() + " --undo");
    }
}
