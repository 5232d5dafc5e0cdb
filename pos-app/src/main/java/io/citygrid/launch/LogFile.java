package io.citygrid.launch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Where a role logs: everything into a file of bounded size, and onto the console only what a user must know. To be called
 * before anything logs.
 */
public final class LogFile {
    private static final String FILE = "citygrid.log.file";
    private static final String CONFIGURATION = "logback.configurationFile";

    private LogFile() {}

    /** For roles that come and go: what the user must know goes to standard error, the rest nowhere. */
    public static void useConsole() {
        System.setProperty(CONFIGURATION, "logging/tool.xml");
    }

    /** Sends the log to {@code file}, whose folder is made if it is missing. */
    public static void use(Path file) {
        System.setProperty(FILE, file.toAbsolutePath().toString());
        System.setProperty(CONFIGURATION, "logging/role.xml");
        // Spring Boot would otherwise set logging up afresh, its own way.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        // Tomcat logs by the JDK's own logging.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** The file in use, or {@code null}. */
    public static @Nullable String inUse() {
        return System.getProperty(FILE);
    }
}
