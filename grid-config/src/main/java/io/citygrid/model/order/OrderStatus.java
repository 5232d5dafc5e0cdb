package io.citygrid.model.order;

/** What became of an order. An order is never deleted. */
public enum OrderStatus {
    /** Sold and paid. */
    COMPLETED
}
