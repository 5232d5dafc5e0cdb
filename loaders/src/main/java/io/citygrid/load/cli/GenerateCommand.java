package io.citygrid.load.cli;

import io.citygrid.load.generate.Generate;
import io.citygrid.load.generate.GenerateOptions;
import io.citygrid.load.generate.GenerateSummary;
import java.io.IOException;
import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code load generate}. */
@Command(
        name = "generate",
        description =
                "Invents products, customers and orders, and sells the orders in the stores that the grid has. The same "
                        + "options always make the same data; other options add to it.",
        sortOptions = false)
final class GenerateCommand extends GridCommand {
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "0 to 999999999 (default: ${DEFAULT-VALUE}).")
    private int seed;

    @Option(
            names = "--products",
            paramLabel = "N",
            defaultValue = "500",
            description = "1 to 20000 (default: ${DEFAULT-VALUE}).")
    private int products;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "1000",
            description = "1 to 100000 (default: ${DEFAULT-VALUE}).")
    private int customers;

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "2000",
            description = "0 to 1000000 (default: ${DEFAULT-VALUE}).")
    private int orders;

    @Option(
            names = "--first-day",
            paramLabel = "YYYY-MM-DD",
            defaultValue = "2025-01-01",
            description = "The first day of the orders (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private LocalDate firstDay;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "Days over which the orders spread, 1 to 366 (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "4",
            description = "Orders under way at the same time, 1 to 32 (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Override
    public Integer call() throws IOException {
        GenerateOptions options = options();
        return onGrid((grid, progress) -> {
            GenerateSummary summary = Generate.run(options, grid, progress);
            print(summary.catalog().table());
            print(summary.table());
            return summary.complete();
        });
    }

    private GenerateOptions options() {
        try {
            return new GenerateOptions(seed, products, customers, orders, firstDay, days, threads);
        } catch (IllegalArgumentException outOfLimits) {
            throw wrongUsage(String.valueOf(outOfLimits.getMessage()));
        }
    }
}
