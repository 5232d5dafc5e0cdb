package io.citygrid.launch;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a line of the log looks like: text for people, or JSON for whatever collects logs. */
enum LogFormat {
    TEXT("logging/role.xml"),
    JSON("logging/role-json.xml");

    /** The environment's name for it. */
    static final String VARIABLE = "CITYGRID_LOG_FORMAT";

    private final String configuration;

    LogFormat(String configuration) {
        this.configuration = configuration;
    }

    /** The resource with the logging's configuration. */
    String configuration() {
        return configuration;
    }

    /**
     * The one that {@code setting} names; text if there is none.
     *
     * @throws CannotStart naming what may be written
     */
    static LogFormat of(@Nullable String setting) {
        if (setting == null || setting.isBlank()) {
            return TEXT;
        }
        return switch (setting.strip().toLowerCase(Locale.ROOT)) {
            case "text" -> TEXT;
            case "json" -> JSON;
            default -> throw new CannotStart(VARIABLE + "='" + setting + "': write text or json");
        };
    }

    /** Fields that each line has, as a JSON object; names and values are those of nodes and cities. */
    static String fields(Map<String, String> fields) {
        return new TreeMap<>(fields)
                .entrySet().stream()
                        .map(field -> quoted(field.getKey()) + ":" + quoted(field.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
