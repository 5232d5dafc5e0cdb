package io.citygrid.grid;

/** A store may not sell, because the grid and PostgreSQL are not known to agree about it. The message is a sentence for people. */
public final class StoreNotOpen extends RolledBack {
    private static final long serialVersionUID = 1L;

    private final boolean shut;

    private StoreNotOpen(String message, boolean shut) {
        super(message);
        this.shut = shut;
    }

    /** It opens by itself in a moment. */
    public static StoreNotOpen yet(String message) {
        return new StoreNotOpen(message, false);
    }

    /** It stays shut until a person has settled what differs. */
    public static StoreNotOpen shut(String message) {
        return new StoreNotOpen(message, true);
    }

    public boolean isShut() {
        return shut;
    }
}
