package io.citygrid.ops;

import io.citygrid.grid.client.GridClient;
import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.takeover.TakeoverRequest;
import io.citygrid.grid.takeover.TakeoverResult;
import io.citygrid.load.cli.GridOptions;
import io.citygrid.security.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ops takeover}: lets the other cities sell for one whose nodes are gone, and gives it back. */
@Command(
        name = "takeover",
        description = "Lets the other cities' nodes sell for a city whose nodes are gone (for grids with --city-loss "
                + "keep-selling), or gives it back to its own nodes.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TakeoverCommand implements Callable<Integer> {
    @Option(names = "--city", required = true, paramLabel = "CITY", description = "Its name or its id.")
    private String city = "";

    @Option(names = "--undo", description = "Gives the city back to its own nodes, which must have returned.")
    private boolean undo;

    @Mixin
    private GridOptions grid = new GridOptions(Role.OPS);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        try (GridClient client = new GridClient(grid.settings())) {
            TakeoverResult result = client.run(0, Tasks.TAKEOVER, new TakeoverRequest(city, undo));
            if (result.refusal() != null) {
                err.println("pos: nothing was changed. " + result.refusal());
                return ExitCode.SOFTWARE;
            }
            out.println(undo ? givenBack(result.city()) : takenOver(result.city()));
            return ExitCode.OK;
        } catch (OutcomeUnknown noAnswer) {
            err.println("pos: the grid does not answer (" + noAnswer.getMessage()
                    + "). Run the same command again: doing it twice does no harm.");
            return ExitCode.SOFTWARE;
        }
    }

    private String takenOver(String name) {
        return """
                The other cities' nodes sell for %1$s now.
                Its own nodes must stay stopped, also behind a cut link: there they would go on selling, and numbers would be \
                used twice.
                When they can return: empty their data folders (DIR/nodes/NAME/db), which are behind what was sold since;
                start them, wait until they serve and have their copies, and run
                  ./pos ops takeover --city %2$s%3$s --undo"""
                .formatted(name, city, grid.asGiven());
    }

    private static String givenBack(String name) {
        return name + "'s own nodes sell for it again, and no others.";
    }
}
