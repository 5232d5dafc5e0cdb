package io.citygrid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final BackOff backOff = new BackOff();

    @Test
    void waitsLongerEachTimeUpToALimit() {
        assertThat(IntStream.range(0, 7)
                        .mapToObj(death -> backOff.after(AT_ONCE).toSeconds()))
                .containsExactly(3L, 6L, 12L, 24L, 48L, 60L, 60L);
    }

    @Test
    void isPatientAgainWithAProcessThatLivedForAWhile() {
        backOff.after(AT_ONCE);
        backOff.after(AT_ONCE);
        assertThat(backOff.after(BackOff.LIVED_LONG)).isEqualTo(BackOff.FIRST);
    }
}
