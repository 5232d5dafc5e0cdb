package io.citygrid.grid;

/** The nodes here may not sell for a city; nodes elsewhere may. The message is a sentence for people. */
public final class NotInCharge extends RolledBack {
    private static final long serialVersionUID = 1L;

    NotInCharge(String message) {
        super(message);
    }
}
