package io.citygrid.security.audit;

/** What became of what somebody wanted. */
public enum AuditOutcome {
    /** It was done. */
    ALLOWED,
    /** It was not done, because this user may not do it, or nobody knows the user. */
    REFUSED,
    /** The user may do it; it failed, or whether it was done is not known. */
    FAILED
}
