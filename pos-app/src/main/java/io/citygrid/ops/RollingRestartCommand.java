package io.citygrid.ops;

import io.citygrid.grid.client.GridClient;
import io.citygrid.launch.Console;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ops rolling-restart}: restarts all nodes, one after the other, while registers sell. */
@Command(
        name = "rolling-restart",
        description = "Restarts all nodes one by one while registers sell. Each is taken only when the grid is whole: "
                + "every node there, every copy complete, every fragment selling.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RollingRestartCommand extends OperatorCommand {
    @Option(
            names = "--within",
            paramLabel = "TIME",
            converter = Within.class,
            description = "How long each node may take until the grid is whole again, as in 90s or 5m (default: 5m).")
    private Duration within = Duration.ofMinutes(5);

    @Override
    void on(GridClient client, Console console) {
        new RollingRestart(client, console::say, within).run();
        console.say("all nodes were restarted");
    }
}
