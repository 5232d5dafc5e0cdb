package io.citygrid.grid.reconcile;

/** Fills an empty city fragment, or the reference tables, from PostgreSQL. Thin clients run it by name. */
public final class WarmTask extends RunTask {
    private static final long serialVersionUID = 1L;

    public WarmTask() {
        super(Work.WARM);
    }
}
