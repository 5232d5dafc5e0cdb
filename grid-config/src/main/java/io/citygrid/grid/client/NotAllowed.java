package io.citygrid.grid.client;

/** The grid knows the user not, or does not allow them what they ask for. Nothing was done, and asking again changes nothing. */
public final class NotAllowed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotAllowed(String message) {
        super(message);
    }
}
