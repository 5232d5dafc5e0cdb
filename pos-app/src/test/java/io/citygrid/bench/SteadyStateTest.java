package io.citygrid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyStateTest {
    @Test
    void isSteadyWhenTheLastWindowsAreLikeThoseBefore() {
        assertThat(SteadyState.steady(List.of(
                        100.0, 490.0, 510.0, 400.0, 520.0, 500.0, 500.0, 480.0, 510.0, 700.0, 515.0, 505.0, 500.0)))
                .isTrue();
    }

    @Test
    void isNotSteadyWhileItRises() {
        assertThat(SteadyState.steady(
                        List.of(400.0, 410.0, 420.0, 430.0, 440.0, 450.0, 460.0, 470.0, 480.0, 490.0, 500.0, 510.0)))
                .isFalse();
    }

    @Test
    void needsEnoughWindows() {
        assertThat(SteadyState.steady(
                        List.of(500.0, 500.0, 500.0, 500.0, 500.0, 500.0, 500.0, 500.0, 500.0, 500.0, 500.0)))
                .isFalse();
    }

    @Test
    void isNotSteadyWhenNothingIsDone() {
        assertThat(SteadyState.steady(List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)))
                .isFalse();
    }
}
