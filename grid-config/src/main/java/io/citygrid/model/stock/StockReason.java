package io.citygrid.model.stock;

/** Why stock moved other than by a sale. */
public enum StockReason {
    /** Goods came in. */
    RECEIVED,
    /** Somebody counted, and the count differs. */
    ADJUSTED,
    /** Broken, spoilt or past its date. */
    DAMAGED,
    /** Missing: theft, loss or a mistake nobody can name. */
    LOST
}
