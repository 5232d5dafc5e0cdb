package io.citygrid.security.audit;

/** Where somebody came in. */
public enum AuditDoor {
    /** Pages of the web application, with a session. */
    PAGES,
    /** Its REST interface. */
    REST,
    /** Thin clients of the grid and its control utility. */
    THIN_CLIENT,
    /** SQL over JDBC. */
    JDBC,
    /** Nodes that join, and what they ask of each other. */
    NODE,
    /** The commands of this machine. */
    COMMAND
}
