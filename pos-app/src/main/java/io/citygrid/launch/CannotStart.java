package io.citygrid.launch;

import org.jspecify.annotations.Nullable;

/** A start that is refused or failed for a reason the user can act on; the message is one line and says what to do. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStart(String whatToDo) {
        super(whatToDo);
    }

    public CannotStart(String whatToDo, @Nullable Throwable cause) {
        super(whatToDo, cause);
    }
}
