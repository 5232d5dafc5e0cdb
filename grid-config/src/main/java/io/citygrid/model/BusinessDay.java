package io.citygrid.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The day to which a sale belongs: that of the wall clock in the chain's time zone. Days are counted from 1970-01-01. */
public final class BusinessDay {
    private BusinessDay() {}

    /** The day of {@code instant} in {@code zone}. */
    public static int of(Instant instant, ZoneId zone) {
        return Math.toIntExact(LocalDate.ofInstant(instant, zone).toEpochDay());
    }
}
