package io.citygrid.durability;

import java.util.Arrays;
import java.util.Locale;

/** When a sale's rows reach PostgreSQL. In every mode a sale goes on while PostgreSQL is out of reach. */
public enum WriteThroughMode {
    /** Before the grid commits and under its locks: what PostgreSQL refuses is not sold. */
    IN_TRANSACTION,
    /** Straight after the grid's commit, in groups; the answer waits for PostgreSQL's commit, within limits. */
    AFTER_COMMIT,
    /** Later: the answer waits for the grid alone. */
    QUEUED;

    /** {@code in-transaction}, {@code after-commit} or {@code queued}, as settings and command lines spell it. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException naming what may be written */
    public static WriteThroughMode of(String setting) {
        return Arrays.stream(values())
                .filter(mode -> mode.setting().equalsIgnoreCase(setting.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "write-through '" + setting + "': write in-transaction, after-commit or queued"));
    }
}
