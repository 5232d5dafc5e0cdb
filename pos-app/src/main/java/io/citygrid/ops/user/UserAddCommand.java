package io.citygrid.ops.user;

import io.citygrid.launch.StoredUsers;
import io.citygrid.security.Passwords;
import io.citygrid.security.Role;
import io.citygrid.security.User;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ops user add}: one more user. */
@Command(name = "add", description = "Adds a user.", mixinStandardHelpOptions = true, sortOptions = false)
final class UserAddCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "What they log in with.")
    private String name = "";

    @Option(
            names = "--role",
            required = true,
            split = ",",
            paramLabel = "ROLE",
            description = "central_admin, store_app, analyst, replicator, ops, pos_app or node; may be several.")
    private List<String> roles = List.of();

    @Option(
            names = "--cities",
            split = ",",
            paramLabel = "ID",
            description = "The cities whose stores a store_app sells for.")
    private Set<Integer> cities = Set.of();

    @Mixin
    private UsersOption users = new UsersOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        StoredUsers stored = users.storedOrNew();
        if (stored.entries().containsKey(name)) {
            throw users.wrong("there is a user " + name + " already: change the password with ./pos ops user password "
                    + name + ", or remove them first");
        }
        try {
            EnumSet<Role> wanted = EnumSet.noneOf(Role.class);
            roles.forEach(role -> wanted.add(Role.of(role)));
            User user = new User(name, wanted, cities);
            char[] password = NewPassword.read();
            stored.put(user, Passwords.hash(password)).write();
            Arrays.fill(password, '\0');
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getOut()
                    .println(name + " may log in as " + user.terms() + " (" + users.file() + ")");
            return ExitCode.OK;
        } catch (IllegalArgumentException wrong) {
            throw users.wrong(String.valueOf(wrong.getMessage()));
        }
    }
}
