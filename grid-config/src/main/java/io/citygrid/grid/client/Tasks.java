package io.citygrid.grid.client;

/** Names of the tasks that thin clients may run; roles are granted by these names. */
public final class Tasks {
    public static final String PROCESS_ORDER = "io.citygrid.order.ProcessOrderTask";
    public static final String MOVE_STOCK = "io.citygrid.stock.MoveStockTask";
    public static final String MOVE_CUSTOMER = "io.citygrid.customer.MoveCustomerTask";
    public static final String REMOVE_CUSTOMER = "io.citygrid.customer.RemoveCustomerTask";
    public static final String MERGE = "io.citygrid.grid.merge.MergeTask";
    public static final String TOPOLOGY = "io.citygrid.grid.topology.TopologyTask";

    private Tasks() {}
}
