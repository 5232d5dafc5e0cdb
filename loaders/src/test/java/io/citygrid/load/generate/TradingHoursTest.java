package io.citygrid.load.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.load.chain.Chain;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class TradingHoursTest {
    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final int DAYS = 28;

    private final List<ZonedDateTime> times = draw("shoppers");

    @Test
    void nobodyBuysWhenTheStoresAreClosed() {
        assertThat(times).allSatisfy(time -> {
            assertThat(time.getHour()).isBetween(TradingHours.OPENS, TradingHours.CLOSES - 1);
            assertThat(time.toLocalDate()).isBetween(FIRST, FIRST.plusDays(DAYS - 1));
        });
        assertThat(times.stream().map(ZonedDateTime::toLocalDate).distinct()).hasSize(DAYS);
    }

    @Test
    void lunchIsBusyAndTheEveningBusier() {
        assertThat(count(at(13))).isGreaterThan(count(at(15)) * 3 / 2);
        assertThat(count(at(19))).isGreaterThan(count(at(13)));
        assertThat(count(at(19))).isGreaterThan(count(at(21)));
    }

    @Test
    void theWeekendIsFullestAndFridayIsQuietAtPrayer() {
        assertThat(count(on(DayOfWeek.SATURDAY))).isGreaterThan(count(on(DayOfWeek.TUESDAY)) * 3 / 2);
        assertThat(count(on(DayOfWeek.FRIDAY).and(at(13))))
                .isLessThan(count(on(DayOfWeek.TUESDAY).and(at(13))));
    }

    @Test
    void theSameSourceDrawsTheSameTimes() {
        assertThat(draw("shoppers")).isEqualTo(times);
        assertThat(draw("other shoppers")).isNotEqualTo(times);
    }

    private static List<ZonedDateTime> draw(String seed) {
        TradingHours hours = new TradingHours(FIRST, DAYS);
        UniformRandomProvider random = Draws.of(seed);
        return Stream.generate(() -> hours.draw(random).atZone(Chain.ZONE))
                .limit(20_000)
                .toList();
    }

    private long count(Predicate<ZonedDateTime> when) {
        return times.stream().filter(when).count();
    }

    private static Predicate<ZonedDateTime> at(int hour) {
        return time -> time.getHour() == hour;
    }

    private static Predicate<ZonedDateTime> on(DayOfWeek day) {
        return time -> time.getDayOfWeek() == day;
    }
}
