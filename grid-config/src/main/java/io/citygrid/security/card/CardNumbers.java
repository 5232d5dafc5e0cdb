package io.citygrid.security.card;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds numbers of payment cards in text: 13 to 19 digits (ISO/IEC 7812), also in groups with blanks, dots or hyphens between,
 * whose last digit is their Luhn check digit. One in ten other numbers of that length looks like one too; no text of an order
 * needs any of them.
 */
public final class CardNumbers {
    private static final int DIGITS_MIN = 13;
    private static final int DIGITS_MAX = 19;
    private static final String MASK = "[card number]";

    /** What the large schemes print on cards: looked for inside of longer runs, where any 13 digits would fit by chance. */
    private static final int[] USUAL_DIGITS = {16, 15};

    /** Digits with at most one separator between two of them. */
    private static final Pattern RUNS =
            Pattern.compile("\\p{Nd}(?:[ .\\-\\u00a0]?\\p{Nd}){" + (DIGITS_MIN - 1) + ",}+");

    private CardNumbers() {}

    /** Whether {@code text} has one anywhere. */
    public static boolean isIn(CharSequence text) {
        Matcher runs = RUNS.matcher(text);
        while (runs.find()) {
            if (hasCard(digits(runs.group()))) {
                return true;
            }
        }
        return false;
    }

    /** {@code text} without them: the whole run of digits around one is replaced. */
    public static String masked(String text) {
        return RUNS.matcher(text)
                .replaceAll(run -> hasCard(digits(run.group())) ? MASK : Matcher.quoteReplacement(run.group()));
    }

    private static boolean hasCard(int[] digits) {
        if (digits.length <= DIGITS_MAX && isLuhn(digits, 0, digits.length)) {
            return true;
        }
        for (int usual : USUAL_DIGITS) {
            for (int from = 0; from + usual <= digits.length; from++) {
                boolean startsLikeACard = digits[from] >= 2 && digits[from] <= 6;
                if (startsLikeACard && isLuhn(digits, from, usual)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isLuhn(int[] digits, int from, int length) {
        int sum = 0;
        for (int place = 0; place < length; place++) {
            int digit = digits[from + length - 1 - place];
            int weighed = place % 2 == 0 ? digit : 2 * digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }

    /** Of any script: fullwidth digits are digits to whoever reads them. */
    private static int[] digits(String run) {
        return run.codePoints()
                .filter(Character::isDigit)
                .map(point -> Character.digit(point, 10))
                .toArray();
    }
}
