package io.citygrid.ops.user;

import io.citygrid.launch.OwnerOnlyFile;
import io.citygrid.launch.StoredUsers;
import io.citygrid.security.Passwords;
import io.citygrid.security.Role;
import io.citygrid.security.User;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ops user init}: what a grid needs before its first start. */
@Command(
        name = "init",
        description = "Makes a users file with the accounts that programs need, with passwords that nobody has to know:"
                + " files for --grid-login of nodes (node_login), web applications (app_login), operators"
                + " (ops_login) and head office (admin_login). Add people with add.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UserInitCommand implements Callable<Integer> {
    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Where the files are written.")
    private Path folder = Path.of(".");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        Path file = folder.resolve("users");
        if (!Files.isDirectory(folder) || Files.exists(file)) {
            throw new ParameterException(
                    command.commandLine(),
                    Files.exists(file) ? file + " is there already, and stays" : "there is no folder " + folder);
        }
        Map<String, User> accounts = new LinkedHashMap<>();
        accounts.put("node_login", account(Role.NODE));
        accounts.put("app_login", account(Role.POS_APP));
        accounts.put("ops_login", account(Role.OPS));
        accounts.put("admin_login", account(Role.CENTRAL_ADMIN));
        StoredUsers stored = StoredUsers.in(file);
        accounts.forEach((login, user) -> {
            String password = Passwords.generate();
            stored.put(user, Passwords.hash(password.toCharArray(), Passwords.GENERATED_ITERATIONS));
            OwnerOnlyFile.write(
                    folder.resolve(login), "grid.user=" + user.name() + "\ngrid.password=" + password + "\n");
            out.println(folder.resolve(login) + "  a login of role " + user.terms());
        });
        stored.write();
        out.println(file + "  the users file");
        return ExitCode.OK;
    }

    private static User account(Role role) {
        return new User(role.setting(), Set.of(role), Set.of());
    }
}
