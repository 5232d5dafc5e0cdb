package io.citygrid.ops.user;

import io.citygrid.launch.StoredUsers;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops user remove}: one user less. */
@Command(
        name = "remove",
        description = "Removes a user, who then may do nothing any more, over connections that are open too.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UserRemoveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Whom.")
    private String name = "";

    @Mixin
    private UsersOption users = new UsersOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        StoredUsers stored = users.stored();
        if (!stored.entries().containsKey(name)) {
            throw users.wrong("there is no user " + name + " in " + users.file());
        }
        try {
            stored.remove(name).write();
        } catch (IllegalArgumentException last) {
            throw users.wrong(String.valueOf(last.getMessage()));
        }
        Objects.requireNonNull(spec).commandLine().getOut().println(name + " may not log in any more");
        return ExitCode.OK;
    }
}
