package io.citygrid.order;

import io.citygrid.model.Money;
import io.citygrid.model.catalog.Product;
import io.citygrid.model.order.PaymentMethod;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A basket at the catalogue's prices, and how it is paid.
 *
 * @param total the sum of the lines
 * @param tendered what the customer hands over
 */
record Bill(BigDecimal total, BigDecimal tendered) {
    /**
     * Adds up the basket.
     *
     * @param products the catalogue's rows of all products in the basket
     * @param tendered {@code null} means exactly the total
     * @throws Basket.Invalid if the sum does not fit an amount of money, or the tender does not suit the method
     */
    static Bill of(Basket basket, Map<Integer, Product> products, PaymentMethod method, @Nullable BigDecimal tendered)
            throws Basket.Invalid {
        BigDecimal total = Money.ZERO;
        for (Map.Entry<Integer, Integer> line : basket.quantities().entrySet()) {
            Product product = products.get(line.getKey());
            if (product == null) {
                throw new IllegalArgumentException("no catalogue row for product " + line.getKey());
            }
            total = total.add(product.price().multiply(BigDecimal.valueOf(line.getValue())));
        }
        if (total.compareTo(Money.MAX) > 0) {
            throw new Basket.Invalid("The basket costs more than " + Money.MAX + ": sell it in parts.");
        }
        BigDecimal paid = total;
        if (tendered != null) {
            try {
                paid = Money.of(tendered);
            } catch (IllegalArgumentException notMoney) {
                throw new Basket.Invalid("The amount tendered is no amount of money: " + notMoney.getMessage() + ".");
            }
        }
        if (paid.compareTo(total) > 0 && !method.givesChange()) {
            throw new Basket.Invalid(
                    "Only cash gives change: with " + method + " exactly " + total + " can be tendered.");
        }
        return new Bill(total, paid);
    }

    /** Whether the tender covers the total. */
    boolean covered() {
        return tendered.compareTo(total) >= 0;
    }

    BigDecimal changeDue() {
        return tendered.subtract(total);
    }
}
