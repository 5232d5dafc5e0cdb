package io.citygrid.model.outbox;

import java.util.Arrays;

/** How a delivery to a database ended. */
public enum ReplicationStatus {
    /** The database has committed the rows. */
    SUCCESS("Success"),
    /** It has not, or not all; they wait and are tried again. */
    FAILED("Failed");

    private final String text;

    ReplicationStatus(String text) {
        this.text = text;
    }

    /** {@code Success} or {@code Failed}, as the log spells it. */
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException if the log has no such status */
    public static ReplicationStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a status is Success or Failed, not " + text));
    }
}
