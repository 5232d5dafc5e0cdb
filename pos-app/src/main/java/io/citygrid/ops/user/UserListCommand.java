package io.citygrid.ops.user;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ops user list}: who may log in, as what. */
@Command(
        name = "list",
        description = "Lists who may log in, and as what.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UserListCommand implements Callable<Integer> {
    @Mixin
    private UsersOption users = new UsersOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        new TreeMap<>(users.stored().entries())
                .forEach((name, entry) ->
                        out.printf("%-24s %s%n", name, entry.user().terms()));
        return ExitCode.OK;
    }
}
