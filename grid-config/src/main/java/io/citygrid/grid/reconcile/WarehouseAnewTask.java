package io.citygrid.grid.reconcile;

/** As {@link WarehouseTask}, from the first receipt on. Thin clients run it by name. */
public final class WarehouseAnewTask extends RunTask {
    private static final long serialVersionUID = 1L;

    public WarehouseAnewTask() {
        super(Work.WAREHOUSE_ANEW);
    }
}
