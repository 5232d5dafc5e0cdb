package io.citygrid.grid.reconcile;

/** Compares a city fragment, or the reference tables, with PostgreSQL and brings both together. Thin clients run it by name. */
public final class ReconcileTask extends RunTask {
    private static final long serialVersionUID = 1L;

    public ReconcileTask() {
        super(Work.RECONCILE);
    }
}
