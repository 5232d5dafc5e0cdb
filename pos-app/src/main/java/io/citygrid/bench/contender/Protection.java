package io.citygrid.bench.contender;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the grid's doors are kept, each kind with what the one before has. */
public enum Protection {
    /** Everybody may do everything. */
    NONE(", without users"),
    /** Logins, roles and the audit log. */
    USERS(""),
    /** TLS between nodes and for clients. */
    TLS(", TLS");

    private final String words;

    Protection(String words) {
        this.words = words;
    }

    /** What tells it from the usual, for tables. */
    String words() {
        return words;
    }

    /** As options spell it. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming those that there are */
    public static Protection of(String setting) {
        return Arrays.stream(values())
                .filter(one -> one.setting().equals(setting))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--security '" + setting + "': write "
                        + Arrays.stream(values()).map(Protection::setting).collect(Collectors.joining(", "))));
    }
}
