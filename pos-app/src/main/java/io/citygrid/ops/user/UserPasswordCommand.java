package io.citygrid.ops.user;

import io.citygrid.launch.StoredUsers;
import io.citygrid.security.Passwords;
import io.citygrid.security.UsersFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops user password}: another password. */
@Command(
        name = "password",
        description = "Gives a user another password. The old one lets nobody in any more.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UserPasswordCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Whose.")
    private String name = "";

    @Mixin
    private UsersOption users = new UsersOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        StoredUsers stored = users.stored();
        UsersFile.@Nullable Entry entry = stored.entries().get(name);
        if (entry == null) {
            throw users.wrong("there is no user " + name + " in " + users.file());
        }
        try {
            char[] password = NewPassword.read();
            stored.put(entry.user(), Passwords.hash(password)).write();
            Arrays.fill(password, '\0');
        } catch (IllegalArgumentException wrong) {
            throw users.wrong(String.valueOf(wrong.getMessage()));
        }
        Objects.requireNonNull(spec).commandLine().getOut().println(name + " has another password now");
        return ExitCode.OK;
    }
}
