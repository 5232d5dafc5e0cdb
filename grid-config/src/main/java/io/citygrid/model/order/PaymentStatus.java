package io.citygrid.model.order;

/** What became of a payment. */
public enum PaymentStatus {
    PAID
}
