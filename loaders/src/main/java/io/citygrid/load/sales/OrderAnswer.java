package io.citygrid.load.sales;

import io.citygrid.model.order.Receipt;

/** What became of an order that a loader sent. */
public sealed interface OrderAnswer {
    /**
     * The order is in the books.
     *
     * @param now whether this run sold it, and not an earlier one
     */
    record Sold(Receipt receipt, boolean now) implements OrderAnswer {}

    /**
     * The grid refused the order.
     *
     * @param reason as a phrase that goes on after "was refused: "
     */
    record Refused(String reason) implements OrderAnswer {}

    /**
     * Nobody knows. The same load, run again, finds out: the order keeps its id.
     *
     * @param reason as a phrase
     */
    record NoAnswer(String reason) implements OrderAnswer {}
}
