package io.citygrid.model.order;

/** How a customer pays. */
public enum PaymentMethod {
    /** Notes and coins: the customer may tender more than the total and gets change. */
    CASH,
    CARD,
    WALLET;

    /** Whether more than the total may be tendered. */
    public boolean givesChange() {
        return this == CASH;
    }
}
