package io.citygrid.grid.reconcile;

/** How a table's rows compared, those of the grid with those of PostgreSQL. */
public final class TableReport {
    private final String table;
    private final long equal;
    private final long onlyInGrid;
    private final long onlyInPostgres;
    private final long newerInGrid;
    private final long newerInPostgres;
    private final long otherwise;

    public TableReport(
            String table,
            long equal,
            long onlyInGrid,
            long onlyInPostgres,
            long newerInGrid,
            long newerInPostgres,
            long otherwise) {
        this.table = table;
        this.equal = equal;
        this.onlyInGrid = onlyInGrid;
        this.onlyInPostgres = onlyInPostgres;
        this.newerInGrid = newerInGrid;
        this.newerInPostgres = newerInPostgres;
        this.otherwise = otherwise;
    }

    /** No rows yet. */
    public static TableReport of(String table) {
        return new TableReport(table, 0, 0, 0, 0, 0, 0);
    }

    public String table() {
        return table;
    }

    /** Rows that one side has, or both. */
    public long compared() {
        return equal + differing();
    }

    public long onlyInGrid() {
        return onlyInGrid;
    }

    public long onlyInPostgres() {
        return onlyInPostgres;
    }

    public long newerInGrid() {
        return newerInGrid;
    }

    public long newerInPostgres() {
        return newerInPostgres;
    }

    /** Rows of the same version with another content. */
    public long otherwise() {
        return otherwise;
    }

    public long differing() {
        return onlyInGrid + onlyInPostgres + newerInGrid + newerInPostgres + otherwise;
    }

    /** The same table of another part of the data added. */
    public TableReport plus(TableReport other) {
        return new TableReport(
                table,
                equal + other.equal,
                onlyInGrid + other.onlyInGrid,
                onlyInPostgres + other.onlyInPostgres,
                newerInGrid + other.newerInGrid,
                newerInPostgres + other.newerInPostgres,
                otherwise + other.otherwise);
    }

    /** As {@code 62 compared, 3 only in the grid}, without what there is none of. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(compared()).append(" compared");
        append(text, onlyInGrid, "only in the grid");
        append(text, onlyInPostgres, "only in PostgreSQL");
        append(text, newerInGrid, "newer in the grid");
        append(text, newerInPostgres, "newer in PostgreSQL");
        append(text, otherwise, "of the same version but different");
        return text.toString();
    }

    private static void append(StringBuilder text, long rows, String what) {
        if (rows > 0) {
            text.append(", ").append(rows).append(' ').append(what);
        }
    }
}
