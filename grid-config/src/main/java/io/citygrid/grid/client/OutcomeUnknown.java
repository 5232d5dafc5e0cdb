package io.citygrid.grid.client;

import org.jspecify.annotations.Nullable;

/**
 * No answer came in time. The request may have been carried out or may still be: ask again with the same id, and never take
 * this for a refusal.
 */
public final class OutcomeUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
