package io.citygrid.load.generate;

import java.time.LocalDate;

/**
 * What to generate. The same options always make the same products, customers and orders; another value of any of them, save
 * for the threads, makes other orders.
 *
 * @param seed 0 to 999,999,999
 * @param firstDay the first day on which the stores are open
 * @param days days on which the stores are open, one after the other
 * @param threads orders under way at the same time
 */
public record GenerateOptions(
        int seed, int products, int customers, int orders, LocalDate firstDay, int days, int threads) {
    public static final int SEED_MAX = 999_999_999;
    public static final int PRODUCTS_MAX = 20_000;
    public static final int CUSTOMERS_MAX = 100_000;
    public static final int ORDERS_MAX = 1_000_000;
    public static final int DAYS_MAX = 366;
    public static final int THREADS_MAX = 32;

    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2099, 12, 31);

    /** @throws IllegalArgumentException if a value is out of its limits; the message names the command line's option */
    public GenerateOptions {
        require("--seed", 0, SEED_MAX, seed);
        require("--products", 1, PRODUCTS_MAX, products);
        require("--customers", 1, CUSTOMERS_MAX, customers);
        require("--orders", 0, ORDERS_MAX, orders);
        require("--days", 1, DAYS_MAX, days);
        require("--threads", 1, THREADS_MAX, threads);
        if (firstDay.isBefore(EARLIEST) || firstDay.isAfter(LATEST)) {
            throw new IllegalArgumentException("--first-day is " + EARLIEST + " to " + LATEST + ", not " + firstDay);
        }
    }

    private static void require(String option, int min, int max, int value) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + " is " + min + " to " + max + ", not " + value);
        }
    }

    /** A text that is the same for options that make the same data. */
    String identity() {
        return String.join(
                ":", "generated", "" + seed, "" + products, "" + customers, "" + orders, "" + firstDay, "" + days);
    }
}
