package io.citygrid.durability;

import java.sql.SQLException;
import java.util.Set;

/** PostgreSQL did not take rows. */
public final class DatabaseRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The SQLSTATE that {@code require_all_written} raises. */
    private static final String NOT_ALL_WRITTEN = "CG001";

    /** Why. */
    public enum Kind {
        /** No connection could be had: PostgreSQL is down or out of reach, and has not seen the rows. */
        UNREACHABLE,
        /** All connections were in use for too long: PostgreSQL has not seen the rows. */
        BUSY,
        /** The connection broke while PostgreSQL worked: it may or may not have committed the rows. */
        IN_DOUBT,
        /** PostgreSQL has a newer version of a row and has written none: it knows of a change that the grid does not. */
        AHEAD,
        /** PostgreSQL rolled back for a reason that is not the rows': a time limit, no space, read only, no permission. */
        UNABLE,
        /** PostgreSQL looked at the rows and refused them: a constraint, a type. */
        REFUSED,
        /** The grid has lost what PostgreSQL still has: nothing is written before a person has looked. It is logged where it is found. */
        SHUT;

        /** Whether the same rows may be taken later, so that it is right to queue them. */
        public boolean passes() {
            return this != AHEAD && this != REFUSED && this != SHUT;
        }
    }

    /** SQLSTATE classes that speak of the rows: data exceptions and integrity constraint violations. */
    private static final Set<String> ROWS_THEMSELVES = Set.of("22", "23");

    private final String database;
    private final Kind kind;

    private DatabaseRefusal(String database, Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.database = database;
        this.kind = kind;
    }

    /** What a statement that was sent to {@code database} threw. */
    static DatabaseRefusal of(String database, SQLException thrown) {
        String state = thrown.getSQLState();
        if (NOT_ALL_WRITTEN.equals(state)) {
            return new DatabaseRefusal(
                    database, Kind.AHEAD, "database " + database + " has newer rows than the grid", thrown);
        }
        // No state, a broken connection (08) or a server that shuts down (57P): it may have committed before. A
        // statement that the server cancelled (57014) was rolled back.
        if (state == null || state.startsWith("08") || state.startsWith("57P")) {
            return new DatabaseRefusal(
                    database, Kind.IN_DOUBT, "the connection to database " + database + " broke", thrown);
        }
        boolean rows = ROWS_THEMSELVES.contains(state.substring(0, Math.min(2, state.length())));
        return new DatabaseRefusal(
                database,
                rows ? Kind.REFUSED : Kind.UNABLE,
                "database " + database + (rows ? " refused the rows" : " could not take the rows") + " (SQLSTATE "
                        + state + "): "
                        + String.valueOf(thrown.getMessage())
                                .lines()
                                .findFirst()
                                .orElse(""),
                thrown);
    }

    /** No connection to {@code database} could be had. */
    public static DatabaseRefusal unreachable(String database, Throwable cause) {
        return new DatabaseRefusal(database, Kind.UNREACHABLE, "database " + database + " is out of reach", cause);
    }

    /** No connection to {@code database} was free. */
    static DatabaseRefusal busy(String database, Throwable cause) {
        return new DatabaseRefusal(database, Kind.BUSY, "all connections to " + database + " are in use", cause);
    }

    /** The grid has lost what {@code database} still has, so nothing may be written before both were compared. */
    public static DatabaseRefusal gridIsBehind(String database, String what) {
        return new DatabaseRefusal(
                database, Kind.SHUT, what, new IllegalStateException("the grid is older than " + database));
    }

    public String database() {
        return database;
    }

    public Kind kind() {
        return kind;
    }
}
