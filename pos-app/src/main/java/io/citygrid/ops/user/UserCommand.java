package io.citygrid.ops.user;

import picocli.CommandLine.Command;

/** {@code ops user}: keeps the users file. */
@Command(
        name = "user",
        description = {
            "Keeps the file that says who may log in to the grid. Running nodes read a changed file anew within"
                    + " seconds, without a restart; copy it to the other machines.",
            "A password is asked for, or read from standard input; never an argument, which everybody could read."
        },
        subcommands = {
            UserAddCommand.class,
            UserPasswordCommand.class,
            UserRemoveCommand.class,
            UserListCommand.class,
            UserInitCommand.class
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class UserCommand {}
