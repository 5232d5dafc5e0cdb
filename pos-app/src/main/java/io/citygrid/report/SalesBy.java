package io.citygrid.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What sales are grouped by. */
public enum SalesBy {
    CITY,
    STORE,
    /** The category of a product as it was at the sale. */
    CATEGORY,
    PRODUCT,
    /** Business days. */
    DAY;

    /** As requests spell it. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty if there is none. */
    public static Optional<SalesBy> of(String setting) {
        return Arrays.stream(values())
                .filter(by -> by.setting().equals(setting))
                .findFirst();
    }

    /** All of them, for people. */
    public static String settings() {
        return Arrays.stream(values()).map(SalesBy::setting).collect(Collectors.joining(", "));
    }
}
