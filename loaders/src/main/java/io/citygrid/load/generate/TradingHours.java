package io.citygrid.load.generate;

import io.citygrid.load.chain.Chain;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.GuideTableDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;

/**
 * When people buy: the stores are open from 10 to 22 o'clock, busy at lunch and busiest in the evening, quiet on Friday while
 * people pray, and fullest at the weekend.
 */
final class TradingHours {
    static final int OPENS = 10;
    static final int CLOSES = 22;

    /** Customers in each hour from the first on, relative to each other. */
    private static final double[] HOURS = {2, 3, 4, 6, 5, 3, 3, 5, 8, 9, 7, 4};

    /** Customers on each day from Monday on, relative to each other. */
    private static final double[] WEEKDAYS = {0.80, 0.80, 0.85, 0.95, 1.10, 1.50, 1.40};

    private static final int FRIDAY_PRAYER = 13;
    private static final double DURING_PRAYER = 0.3;
    private static final int SECONDS_AN_HOUR = 3600;

    private final LocalDate firstDay;
    private final SharedStateDiscreteSampler openHours;

    /** @param days days from the first on, each of them a trading day */
    TradingHours(LocalDate firstDay, int days) {
        this.firstDay = firstDay;
        double[] weights = new double[days * HOURS.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weight(firstDay.plusDays(i / HOURS.length).getDayOfWeek(), i % HOURS.length);
        }
        // The source given here is never used: every order draws from its own.
        this.openHours = GuideTableDiscreteSampler.of(Draws.of("unused"), weights);
    }

    private static double weight(DayOfWeek day, int hour) {
        boolean prayer = day == DayOfWeek.FRIDAY && OPENS + hour == FRIDAY_PRAYER;
        return WEEKDAYS[day.ordinal()] * HOURS[hour] * (prayer ? DURING_PRAYER : 1);
    }

    /** A time at which somebody pays, to the second. */
    Instant draw(UniformRandomProvider random) {
        int openHour = openHours.withUniformRandomProvider(random).sample();
        return firstDay.plusDays(openHour / HOURS.length)
                .atTime(OPENS + openHour % HOURS.length, 0)
                .plusSeconds(random.nextInt(SECONDS_AN_HOUR))
                .atZone(Chain.ZONE)
                .toInstant();
    }
}
