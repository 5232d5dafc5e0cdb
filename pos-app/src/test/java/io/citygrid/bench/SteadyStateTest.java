package io.citygrid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyStateTest {
    @Test
    void isSteadyWhenTheLastWindowsAreAlike() {
        assertThat(SteadyState.steady(List.of(100.0, 300.0, 500.0, 520.0, 490.0, 505.0)))
                .isTrue();
    }

    @Test
    void isNotSteadyWhileItRises() {
        assertThat(SteadyState.steady(List.of(100.0, 300.0, 400.0, 460.0, 500.0)))
                .isFalse();
    }

    @Test
    void needsEnoughWindows() {
        assertThat(SteadyState.steady(List.of(500.0, 500.0, 500.0))).isFalse();
    }
}
