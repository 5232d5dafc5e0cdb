package io.citygrid.load.cli;

import io.citygrid.load.reconcile.Warm;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code load warm}. */
@Command(
        name = "warm",
        description =
                "Fills an empty grid from PostgreSQL, and compares both afterwards. What is in use already is refused: that is "
                        + "for `load reconcile`.")
final class WarmCommand extends GridCommand {
    @Override
    public Integer call() throws IOException {
        return onGrid((grid, progress) -> {
            Warm.Summary summary = Warm.run(grid, progress);
            summary.cities().forEach(city -> print(city.table()));
            return summary.complete();
        });
    }
}
