package io.citygrid.durability;

/** PostgreSQL has a row that the grid could not have written, so somebody else has. */
public final class UnreadableRow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableRow(String message) {
        super(message);
    }

    UnreadableRow(String message, Throwable cause) {
        super(message, cause);
    }
}
