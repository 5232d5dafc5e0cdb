package io.citygrid.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts of money: DECIMAL(12,2), that is two decimals and less than ten thousand million. */
public final class Money {
    public static final int PRECISION = 12;
    public static final int SCALE = 2;
    public static final BigDecimal MAX = new BigDecimal("9999999999.99");
    public static final BigDecimal ZERO = new BigDecimal("0.00");

    /** More digits than anybody writes; whoever sends millions would keep a thread busy for minutes. */
    private static final int BITS_MAX = 200;

    private Money() {}

    /**
     * {@code amount} with exactly two decimals.
     *
     * @throws IllegalArgumentException if it is negative, has a fraction of a paisa, or does not fit DECIMAL(12,2)
     */
    public static BigDecimal of(BigDecimal amount) {
        if (amount.unscaledValue().bitLength() > BITS_MAX) {
            throw new IllegalArgumentException("an amount of money has no more than a few digits");
        }
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("an amount of money is not negative: " + amount);
        }
        // Checked before setScale: an exponent such as 1E+1000000 would take a million digits to write out.
        if (amount.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("an amount of money is at most " + MAX);
        }
        if (amount.stripTrailingZeros().scale() > SCALE) {
            throw new IllegalArgumentException("an amount of money has at most two decimals");
        }
        return amount.setScale(SCALE, RoundingMode.UNNECESSARY);
    }

    /** {@link #of(BigDecimal)} of a decimal written as text. */
    public static BigDecimal of(String amount) {
        return of(new BigDecimal(amount));
    }
}
