package io.citygrid.model.rollup;

import io.citygrid.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Sums of many amounts of money: DECIMAL(18,2). */
public final class Revenue {
    public static final int PRECISION = 18;

    private Revenue() {}

    /** The sum with exactly two decimals, so that equal sums are equal. */
    static BigDecimal of(BigDecimal sum) {
        return sum.setScale(Money.SCALE, RoundingMode.UNNECESSARY);
    }
}
