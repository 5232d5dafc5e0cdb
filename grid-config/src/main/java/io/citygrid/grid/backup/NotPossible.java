package io.citygrid.grid.backup;

/** A backup cannot be made, or brought back, as asked. The message says why, and what to do, in sentences for people. */
public final class NotPossible extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPossible(String message) {
        super(message);
    }

    NotPossible(String message, Throwable cause) {
        super(message, cause);
    }
}
