package io.citygrid.ops.user;

import io.citygrid.launch.StoredUsers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which users file is kept. */
final class UsersOption {
    @Option(names = "--users", paramLabel = "FILE", description = "The users file (default: the demo's, in --data).")
    private @Nullable Path users;

    @Option(names = "--data", paramLabel = "DIR", description = "The demo's data directory (default: ./data).")
    private Path data = Path.of("data");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    Path file() {
        return users == null ? data.resolve("users.properties") : users;
    }

    /** @throws ParameterException if the file is missing or cannot be read */
    StoredUsers stored() {
        if (!Files.exists(file())) {
            throw wrong(
                    "there is no users file " + file() + ": name it with --users FILE; ./pos ops user init makes one");
        }
        return storedOrNew();
    }

    /** @throws ParameterException if the file is there and cannot be read */
    StoredUsers storedOrNew() {
        try {
            return StoredUsers.in(file());
        } catch (IllegalArgumentException notReadable) {
            throw wrong(String.valueOf(notReadable.getMessage()));
        }
    }

    ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
