package io.citygrid.bench.drive;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which baskets the registers sell. */
public enum Workload {
    /** Three of 1,000 products, in any of ten stores. */
    UNIFORM("three products of 1,000 in any of ten stores"),
    /** One store; each basket has product 1 and two others. */
    HOT_PRODUCT("one store, product 1 in every basket and two others"),
    /** One store; three of 1,000 products. */
    HOT_STORE("one store, three products of 1,000"),
    /** Any store, products by Zipf's law, as many lines as the sample's invoices have. */
    ZIPF("any store, products by Zipf's law, basket sizes of the sample's invoices"),
    /** As {@link #UNIFORM}, and nineteen look-ups of price and stock for each sale. */
    READS_95("19 look-ups of price and stock for each sale of three products"),
    /** Price and stock of one product in one store. */
    LOOK_UPS("price and stock of one product in one store, nothing is sold");

    private final String words;

    Workload(String words) {
        this.words = words;
    }

    /** As an option spells it. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it does, for reports. */
    public String words() {
        return words;
    }

    /** The percentage of requests that sell nothing. */
    int lookUpPercent() {
        return switch (this) {
            case READS_95 -> 95;
            case LOOK_UPS -> 100;
            default -> 0;
        };
    }

    /** @throws IllegalArgumentException if there is none, naming those there are */
    public static Workload of(String option) {
        return Arrays.stream(values())
                .filter(workload -> workload.option().equals(option.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("workload '" + option + "': there are "
                        + Arrays.stream(values()).map(Workload::option).collect(Collectors.joining(", "))));
    }
}
