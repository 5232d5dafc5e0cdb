package io.citygrid.load.cli;

import io.citygrid.security.GridLogin;
import io.citygrid.security.Role;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** The logins that a demo made for its users, {@code role=user:password} by line: tools on the same machine log in with them. */
public final class DemoLogins {
    /** In the demo's folder. */
    public static final String FILE = "demo-users.properties";

    private DemoLogins() {}

    /**
     * The login of {@code role} in the demo whose folder is {@code data}; empty if there is none.
     *
     * @throws IllegalArgumentException if the file is there and cannot be read
     */
    public static Optional<GridLogin> of(Path data, Role role) {
        Path file = data.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(Files.readString(file)));
        } catch (IOException notReadable) {
            throw new IllegalArgumentException(
                    file + " cannot be read: it belongs to whoever runs the demo; say who you are with --grid-login",
                    notReadable);
        }
        String line = lines.getProperty(role.setting(), "");
        int colon = line.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new GridLogin(line.substring(0, colon), line.substring(colon + 1)));
    }
}
