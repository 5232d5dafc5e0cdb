package io.citygrid.launch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a role logs: everything into a file of bounded size, and onto the console only what a user must know. To be called
 * before anything logs.
 */
public final class LogFile {
    private static final String FILE = "citygrid.log.file";

    private LogFile() {}

    /** Sends the log to {@code file}, whose folder is made if it is missing. */
    public static void use(Path file) {
        System.setProperty(FILE, file.toAbsolutePath().toString());
        System.setProperty("logback.configurationFile", "logging/role.xml");
        // Spring Boot would otherwise set logging up afresh, its own way.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    }

    /** The file in use, or {@code null}. */
    public static @Nullable String inUse() {
        return System.getProperty(FILE);
    }
}
