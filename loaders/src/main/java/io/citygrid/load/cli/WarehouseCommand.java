package io.citygrid.load.cli;

import io.citygrid.load.reconcile.CityComparison;
import io.citygrid.load.reconcile.NoSuchCity;
import io.citygrid.load.reconcile.Warehouse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code load warehouse}. */
@Command(
        name = "warehouse",
        description =
                "Brings the warehouse in the central database up to date with the sales in the grid, and compares both day by day. "
                        + "The nodes do the first by themselves, about a second after each sale; stores sell meanwhile.",
        sortOptions = false)
final class WarehouseCommand extends GridCommand {
    @Option(
            names = "--rebuild",
            description = "Throws away what the warehouse has of each store and brings it anew, store by store.")
    private boolean rebuild;

    @Option(names = "--city", paramLabel = "NAME|ID", description = "Only this city's stores (default: all cities).")
    private @Nullable String city;

    @Override
    public Integer call() throws IOException {
        return onGrid((grid, progress) -> {
            List<CityComparison> cities;
            try {
                cities = Warehouse.run(grid, city, rebuild, progress);
            } catch (NoSuchCity unknown) {
                throw wrongUsage(String.valueOf(unknown.getMessage()));
            }
            cities.forEach(compared -> print(compared.table()));
            boolean equal = cities.stream().allMatch(CityComparison::equal);
            if (!equal && !rebuild) {
                say("What differs is brought anew by `./pos load warehouse --rebuild`.");
            }
            return equal;
        });
    }
}
