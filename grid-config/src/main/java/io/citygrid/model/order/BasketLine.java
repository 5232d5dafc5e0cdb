package io.citygrid.model.order;

/** One line of a basket as the register sends it. What it may contain is checked by ProcessOrder, not here. */
public final class BasketLine {
    private final int productId;
    private final int quantity;

    public BasketLine(int productId, int quantity) {
        this.productId = productId;
        this.quantity = quantity;
    }

    public int productId() {
        return productId;
    }

    public int quantity() {
        return quantity;
    }
}
