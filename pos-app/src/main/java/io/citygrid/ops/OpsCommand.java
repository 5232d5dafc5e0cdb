package io.citygrid.ops;

import io.citygrid.ops.user.UserCommand;
import picocli.CommandLine.Command;

/** {@code ops}: what is the product's own; everything else is Ignite's control utility, which the launcher starts. */
@Command(
        name = "ops",
        description =
                "Operates a running grid. Everything but the commands below goes to Ignite's control utility, as in "
                        + "./pos ops --baseline.",
        subcommands = {
            BackupCommand.class,
            BackupsCommand.class,
            RestoreCommand.class,
            RestoreDatabasesCommand.class,
            TakeoverCommand.class,
            AddCityCommand.class,
            RemoveNodeCommand.class,
            RollingRestartCommand.class,
            AwaitWholeCommand.class,
            UserCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class OpsCommand {}
