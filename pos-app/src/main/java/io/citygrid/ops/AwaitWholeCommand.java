package io.citygrid.ops;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.whole.WholeAnswer;
import io.citygrid.launch.Console;
import java.time.Duration;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ops await-whole}: what scripts ask before they take the next node. */
@Command(
        name = "await-whole",
        description =
                "Waits until the grid is whole: every node of the baseline there, every copy complete and where "
                        + "it belongs, every fragment selling. Exits with 0 when it is, with 1 and the reasons when it is not in time.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AwaitWholeCommand extends OperatorCommand {
    @Option(
            names = "--within",
            paramLabel = "TIME",
            converter = Within.class,
            description = "How long to wait, as in 90s or 5m (default: 5m).")
    private Duration within = Duration.ofMinutes(5);

    @Override
    void on(GridClient client, Console console) {
        WholeAnswer whole = new WholeGrid(client, console::say).await(within);
        console.say("the grid is whole: "
                + whole.members().stream().map(WholeAnswer.Member::name).collect(Collectors.joining(", ")));
    }
}
