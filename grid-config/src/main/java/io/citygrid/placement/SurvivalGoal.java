package io.citygrid.placement;

import java.util.Arrays;
import java.util.Locale;

/**
 * What must be able to fail without a sale being lost, and so how many copies of a fragment exist. A sale waits for the
 * slowest copy, so this is the operator's choice, one for the whole cluster.
 */
public enum SurvivalGoal {
    /** A node: primary and one backup in the same city. A sale waits for the city's own network only. */
    NODE(1, 1),
    /** A city: primary and one backup in another city. A sale waits for a round trip between cities. */
    CITY(1, 0),
    /** Both: primary, one backup in the same city and one in another. */
    BOTH(2, 1);

    private final int backups;
    private final int backupsInCity;

    SurvivalGoal(int backups, int backupsInCity) {
        this.backups = backups;
        this.backupsInCity = backupsInCity;
    }

    /** Copies besides the primary. */
    public int backups() {
        return backups;
    }

    /** How many of the backups stay in the primary's city; the others avoid it. */
    public int backupsInCity() {
        return backupsInCity;
    }

    /** {@code node}, {@code city} or {@code both}, as settings and command lines spell it. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming what may be written */
    public static SurvivalGoal of(String setting) {
        return Arrays.stream(values())
                .filter(goal -> goal.setting().equalsIgnoreCase(setting.strip()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("survival goal '" + setting + "': write node, city or both"));
    }
}
