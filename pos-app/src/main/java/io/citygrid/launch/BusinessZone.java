package io.citygrid.launch;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.TimeZone;

/**
 * The time zone of the chain: a business day begins at its midnight, and SQL shows times in it. It is the process's default zone,
 * since Calcite knows no other; nodes with different ones refuse each other.
 */
public final class BusinessZone {
    private static final String PROPERTY = "citygrid.business-zone";
    private static final String VARIABLE = "CITYGRID_BUSINESS_ZONE";
    private static final String DEFAULT = "Asia/Karachi";

    private BusinessZone() {}

    /** The option that gives a JVM the zone of this one. */
    public static String asOption() {
        return "-D" + PROPERTY + "=" + ZoneId.systemDefault().getId();
    }

    /**
     * Makes it the default of this process: what the system property or the environment says, else that of Pakistan.
     *
     * @throws CannotStart if there is no such zone
     */
    public static void use() {
        String id = System.getProperty(PROPERTY, System.getenv().getOrDefault(VARIABLE, DEFAULT));
        try {
            TimeZone.setDefault(TimeZone.getTimeZone(ZoneId.of(id)));
        } catch (DateTimeException unknown) {
            throw new CannotStart(VARIABLE + ": there is no time zone '" + id + "'; write one as " + DEFAULT, unknown);
        }
    }
}
