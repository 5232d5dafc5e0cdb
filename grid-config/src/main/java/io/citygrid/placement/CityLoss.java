package io.citygrid.placement;

import java.util.Arrays;
import java.util.Locale;

/**
 * What happens to a city's sales when the others hear nothing from its nodes. Nobody can tell a dead city from one that is cut
 * off, so this is the operator's choice, one for the whole cluster.
 */
public enum CityLoss {
    /** The copies elsewhere sell for the city at once: right where links are reliable, as within one data centre. */
    HAND_OVER,
    /** A node sells only for its own cities, until an operator says that another city takes over. */
    KEEP_SELLING;

    /** {@code hand-over} or {@code keep-selling}, as settings and command lines spell it. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException naming what may be written */
    public static CityLoss of(String setting) {
        return Arrays.stream(values())
                .filter(choice -> choice.setting().equalsIgnoreCase(setting.strip()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("city loss '" + setting + "': write hand-over or keep-selling"));
    }
}
