package io.citygrid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockGapTest {
    private static final Instant ASKED = Instant.parse("2026-05-01T10:00:00Z");
    private static final Instant ANSWERED = ASKED.plusSeconds(3);

    @Test
    void aClockReadWhileItWasWaitedForMayBeRight() {
        assertThat(ClockGap.of(ASKED, ASKED.plusSeconds(3), ANSWERED).ahead()).isZero();
        assertThat(ClockGap.of(ASKED, ASKED, ANSWERED).tooLarge()).isFalse();
    }

    @Test
    void whatCannotBeExplainedByTheWayIsTheGap() {
        assertThat(ClockGap.of(ASKED, ANSWERED.plusSeconds(5), ANSWERED)).hasToString("5.0 s ahead");
        assertThat(ClockGap.of(ASKED, ASKED.minusMillis(2_100), ANSWERED)).hasToString("2.1 s behind");
    }

    @Test
    void twoSecondsAreBorne() {
        assertThat(new ClockGap(Duration.ofSeconds(2)).tooLarge()).isFalse();
        assertThat(new ClockGap(Duration.ofMillis(-2_001)).tooLarge()).isTrue();
    }
}
