package io.citygrid.order;

import io.citygrid.model.order.BasketLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a customer wants to buy: products in the order in which they were first scanned, each once, with its quantity. */
final class Basket {
    static final int LINES_MAX = 200;
    static final int QUANTITY_MAX = 10_000;

    /** A basket that breaks a rule; the message is a sentence for the cashier. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private final Map<Integer, Integer> quantities;

    private Basket(Map<Integer, Integer> quantities) {
        this.quantities = quantities;
    }

    /**
     * Checks the lines and merges those of one product.
     *
     * @throws Invalid if there are no lines or more than {@link #LINES_MAX}, or a quantity is not 1 to {@link #QUANTITY_MAX}
     */
    static Basket of(List<BasketLine> lines) throws Invalid {
        if (lines.isEmpty()) {
            throw new Invalid("The basket is empty.");
        }
        if (lines.size() > LINES_MAX) {
            throw new Invalid("A basket has at most " + LINES_MAX + " lines, this one has " + lines.size() + ".");
        }
        Map<Integer, Integer> quantities = new LinkedHashMap<>();
        for (BasketLine line : lines) {
            if (line.quantity() < 1 || line.quantity() > QUANTITY_MAX) {
                throw new Invalid("The quantity of product " + line.productId() + " is " + line.quantity()
                        + "; it must be 1 to " + QUANTITY_MAX + ".");
            }
            int merged = quantities.merge(line.productId(), line.quantity(), Integer::sum);
            if (merged > QUANTITY_MAX) {
                throw new Invalid("The lines of product " + line.productId() + " add up to " + merged + "; at most "
                        + QUANTITY_MAX + " can be sold at once.");
            }
        }
        return new Basket(quantities);
    }

    /** Quantity by product id, in the order of the receipt's lines. */
    Map<Integer, Integer> quantities() {
        return quantities;
    }
}
