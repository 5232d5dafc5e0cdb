package io.citygrid.load.sales;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a customer puts on the counter: notes, so the total rounded up to full tens. */
public final class CashTender {
    private static final BigDecimal SMALLEST_NOTE = BigDecimal.TEN;

    private CashTender() {}

    /** The amount tendered for {@code total}, with two decimals. */
    public static BigDecimal of(BigDecimal total) {
        return total.divide(SMALLEST_NOTE, 0, RoundingMode.CEILING)
                .multiply(SMALLEST_NOTE)
                .setScale(2, RoundingMode.UNNECESSARY);
    }
}
