package io.citygrid.load.cli;

import io.citygrid.load.reconcile.CityComparison;
import io.citygrid.load.reconcile.NoSuchCity;
import io.citygrid.load.reconcile.Reconcile;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code load reconcile}. */
@Command(
        name = "reconcile",
        description =
                "Compares the grid with PostgreSQL row by row and brings both together: what is newer in PostgreSQL is taken "
                        + "over, what is newer in the grid is written. A city's stores wait while their part is compared.",
        sortOptions = false)
final class ReconcileCommand extends GridCommand {
    @Option(
            names = "--city",
            paramLabel = "NAME|ID",
            description = "Only this city and the reference tables (default: all cities).")
    private @Nullable String city;

    @Override
    public Integer call() throws IOException {
        return onGrid((grid, progress) -> {
            List<CityComparison> cities;
            try {
                cities = Reconcile.run(grid, city, progress);
            } catch (NoSuchCity unknown) {
                throw wrongUsage(String.valueOf(unknown.getMessage()));
            }
            cities.forEach(compared -> print(compared.table()));
            return cities.stream().allMatch(CityComparison::equal);
        });
    }
}
