package io.citygrid.launch;

import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Where a role logs: everything into a file of bounded size, and onto the console only what a user must know. To be called
 * before anything logs.
 */
public final class LogFile {
    private static final String FILE = "citygrid.log.file";
    private static final String FIELDS = "citygrid.log.fields";
    private static final String CONFIGURATION = "logback.configurationFile";

    private LogFile() {}

    /** For roles that come and go: what the user must know goes to standard error, the rest nowhere. */
    public static void useConsole() {
        System.setProperty(CONFIGURATION, "logging/tool.xml");
    }

    /** As {@link #use(Path, Map)}, of a role that has no more to say of itself. */
    public static void use(Path file) {
        use(file, Map.of());
    }

    /**
     * Sends the log to {@code file}, whose folder is made if it is missing, in the format that the environment names.
     *
     * @param fields what each line says of the process if it is JSON: its role, its node, its city
     * @throws CannotStart if the environment names no known format
     */
    public static void use(Path file, Map<String, String> fields) {
        LogFormat format = LogFormat.of(System.getenv(LogFormat.VARIABLE));
        System.setProperty(FIELDS, LogFormat.fields(fields));
        System.setProperty(FILE, file.toAbsolutePath().toString());
        System.setProperty(CONFIGURATION, format.configuration());
        // Spring Boot would otherwise set logging up afresh, its own way.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        // Tomcat logs by the JDK's own logging.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** What each further line says too if it is JSON, for a role that learns it after its first line. */
    public static void add(String field, String value) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.putProperty(field, value);
        }
    }

    /** The file in use, or {@code null}. */
    public static @Nullable String inUse() {
        return System.getProperty(FILE);
    }
}
