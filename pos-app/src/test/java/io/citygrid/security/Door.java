package io.citygrid.security;

/** A way into the grid. */
enum Door {
    /** Ignite's thin client. */
    THIN_CLIENT,
    /** SQL over JDBC. */
    JDBC,
    /** Ignite's control utility. */
    CONTROL_UTILITY
}
