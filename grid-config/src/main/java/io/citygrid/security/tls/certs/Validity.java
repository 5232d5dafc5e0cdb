package io.citygrid.security.tls.certs;

import java.time.Duration;

/**
 * From when and for how long a certificate holds.
 *
 * @param begins before now; an hour by default, so that machines whose clocks are a little behind accept it at once
 */
public record Validity(Duration begins, int days) {
    private static final int DAYS_MAX = 3650;

    public Validity {
        if (days < 1 || days > DAYS_MAX) {
            throw new IllegalArgumentException("a certificate holds for 1 to " + DAYS_MAX + " days, not " + days);
        }
    }

    /** From now on for {@code days}. */
    public static Validity days(int days) {
        return new Validity(Duration.ofHours(1), days);
    }

    /** As keytool writes a start date. */
    String start() {
        return "-" + begins.toHours() + "H";
    }
}
