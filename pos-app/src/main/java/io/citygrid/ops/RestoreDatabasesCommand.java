package io.citygrid.ops;

import io.citygrid.durability.DatabaseSettings;
import io.citygrid.durability.DumpedDatabase;
import io.citygrid.durability.PgDump;
import io.citygrid.grid.backup.BackupFolder;
import io.citygrid.grid.backup.Manifest;
import io.citygrid.launch.DatabaseOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops restore-databases}: fills empty databases from a backup's dumps. */
@Command(
        name = "restore-databases",
        description =
                "Fills empty PostgreSQL databases from a backup's dumps, when a server was lost. No grid is needed; afterwards "
                        + "start the nodes, and fill an empty grid with ./pos load warm.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RestoreDatabasesCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The backup.")
    private String name = "";

    @Option(
            names = "--increment",
            paramLabel = "N",
            description = "The dumps made with its increment N (default: those of the newest).")
    private @Nullable Integer increment;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "The folder of backups that holds it (default: ./data/backups).")
    private Path folder = Path.of("data", "backups");

    @Mixin
    private DatabaseOptions databases = new DatabaseOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        BackupFolder backups = new BackupFolder(folder);
        @Nullable Manifest manifest = backups.manifest(name).orElse(null);
        if (manifest == null) {
            err.println("pos: there is no backup " + name + " in " + folder + ".");
            return ExitCode.SOFTWARE;
        }
        Manifest.@Nullable Point point = manifest.points().stream()
                .filter(known -> known.complete() && (increment == null || known.increment() == increment))
                .reduce((first, later) -> later)
                .orElse(null);
        if (point == null) {
            err.println("pos: the backup " + name + " has no complete dumps of that state.");
            return ExitCode.SOFTWARE;
        }
        return bringBack(out, err, settings(), backups, point);
    }

    private DatabaseSettings settings() {
        try {
            return databases.settings();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private int bringBack(
            PrintWriter out, PrintWriter err, DatabaseSettings settings, BackupFolder backups, Manifest.Point point)
            throws IOException {
        for (PgDump.Database dump : point.databases()) {
            DumpedDatabase dumped = new DumpedDatabase(settings, dump, backups.dump(name, point, dump.database()));
            if (!dumped.problems().isEmpty()) {
                dumped.problems().forEach(problem -> err.println("pos: " + problem));
                err.println("pos: nothing was written.");
                return ExitCode.SOFTWARE;
            }
        }
        for (PgDump.Database dump : point.databases()) {
            try {
                long rows = new DumpedDatabase(settings, dump, backups.dump(name, point, dump.database())).bringBack();
                out.println(dump.database() + ": " + rows + " rows in "
                        + dump.tables().size() + " tables");
                out.flush();
            } catch (IllegalStateException | SQLException | FlywayException notFilled) {
                err.println("pos: " + dump.database() + " was not filled: "
                        + String.valueOf(notFilled.getMessage())
                                .lines()
                                .findFirst()
                                .orElse("no reason given"));
                return ExitCode.SOFTWARE;
            }
        }
        out.println("Start the nodes now; an empty grid is filled with ./pos load warm.");
        return ExitCode.OK;
    }
}
