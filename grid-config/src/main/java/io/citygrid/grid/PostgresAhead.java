package io.citygrid.grid;

import io.citygrid.durability.DatabaseRefusal;
import io.citygrid.durability.WriteSet;

/** PostgreSQL has a newer version of a row than the grid, left by a node that died; the transaction was rolled back. */
public final class PostgresAhead extends RolledBack {
    private static final long serialVersionUID = 1L;

    private final transient WriteSet rows;

    PostgresAhead(DatabaseRefusal refusal, WriteSet rows) {
        super(String.valueOf(refusal.getMessage()), refusal);
        this.rows = rows;
    }

    /** What the transaction would have written. */
    public WriteSet rows() {
        return rows;
    }
}
