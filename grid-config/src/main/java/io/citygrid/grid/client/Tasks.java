package io.citygrid.grid.client;

/** Names of the tasks that thin clients may run; roles are granted by these names. */
public final class Tasks {
    public static final String PROCESS_ORDER = "io.citygrid.order.ProcessOrderTask";
    public static final String MOVE_STOCK = "io.citygrid.stock.MoveStockTask";
    public static final String MOVE_CUSTOMER = "io.citygrid.customer.MoveCustomerTask";
    public static final String REMOVE_CUSTOMER = "io.citygrid.customer.RemoveCustomerTask";
    public static final String MERGE = "io.citygrid.grid.merge.MergeTask";
    public static final String RECONCILE = "io.citygrid.grid.reconcile.ReconcileTask";
    public static final String WARM = "io.citygrid.grid.reconcile.WarmTask";
    public static final String WAREHOUSE = "io.citygrid.grid.reconcile.WarehouseTask";
    public static final String WAREHOUSE_ANEW = "io.citygrid.grid.reconcile.WarehouseAnewTask";
    public static final String REPLICATION_LOG = "io.citygrid.grid.outbox.LogTask";
    public static final String REPLICATION_RETRY = "io.citygrid.grid.outbox.RetryTask";
    public static final String CHECK = "io.citygrid.grid.check.CheckTask";
    public static final String TOPOLOGY = "io.citygrid.grid.topology.TopologyTask";
    public static final String NODE_COST = "io.citygrid.grid.cost.NodeCostTask";
    public static final String TAKEOVER = "io.citygrid.grid.takeover.TakeoverTask";

    public static final String BACKUP_RUN = "io.citygrid.grid.backup.RunTask";
    public static final String BACKUPS = "io.citygrid.grid.backup.BackupsTask";
    public static final String RESTORE_PLAN = "io.citygrid.grid.backup.RestorePlanTask";
    public static final String WHOLE = "io.citygrid.grid.whole.WholeTask";
    public static final String LEAVE = "io.citygrid.grid.leave.LeaveTask";
    public static final String RETIRE = "io.citygrid.grid.growth.RetireTask";
    public static final String JOIN = "io.citygrid.grid.growth.JoinTask";
    public static final String DATABASE = "io.citygrid.grid.growth.DatabaseTask";

    private Tasks() {}
}
