package io.citygrid.load.catalog;

/**
 * Barcodes for products that come without one: EAN-13 numbers (GTIN-13 in GS1's terms) that start with 20. GS1 keeps the
 * prefixes 20 to 29 for restricted circulation within a company, so they never collide with a manufacturer's number.
 */
public final class Barcode {
    private static final String IN_STORE_PREFIX = "20";

    private Barcode() {}

    /** The in-store EAN-13 of a product: 20, the id in ten digits, the check digit. */
    public static String inStore(int productId) {
        if (productId < 1) {
            throw new IllegalArgumentException("a product's id starts at 1, not " + productId);
        }
        String digits = IN_STORE_PREFIX + String.format("%010d", productId);
        return digits + checkDigit(digits);
    }

    /**
     * The last digit of an EAN-13, from the twelve before it: GS1 weighs them 1, 3, 1, 3 … from the left, and the check digit
     * fills the sum up to a multiple of ten.
     */
    static int checkDigit(String twelveDigits) {
        int sum = 0;
        for (int i = 0; i < twelveDigits.length(); i++) {
            sum += (twelveDigits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return (10 - sum % 10) % 10;
    }
}
