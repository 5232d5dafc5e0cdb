package io.citygrid.durability;

/** PostgreSQL did not take rows. */
public final class DatabaseRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** No connection could be had: PostgreSQL is down or out of reach, and has not seen the rows. */
        UNREACHABLE,
        /** The connection broke while PostgreSQL worked: it may or may not have committed the rows. */
        IN_DOUBT,
        /** PostgreSQL looked at the rows and refused them: a constraint, a type, a permission. */
        REFUSED
    }

    private final String database;
    private final Kind kind;

    DatabaseRefusal(String database, Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.database = database;
        this.kind = kind;
    }

    /** No connection to {@code database} could be had. */
    public static DatabaseRefusal unreachable(String database, Throwable cause) {
        return new DatabaseRefusal(database, Kind.UNREACHABLE, "database " + database + " is out of reach", cause);
    }

    public String database() {
        return database;
    }

    public Kind kind() {
        return kind;
    }
}
