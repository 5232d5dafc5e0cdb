package io.citygrid.grid.reconcile;

/** Brings the warehouse up to date with a city fragment's receipts, and compares both. Thin clients run it by name. */
public final class WarehouseTask extends RunTask {
    private static final long serialVersionUID = 1L;

    public WarehouseTask() {
        super(Work.WAREHOUSE);
    }
}
