package io.citygrid.grid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.testing.SharedGrid;
import java.time.Clock;
import java.time.Duration;
import org.apache.ignite.Ignite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node asks the others what time it is before it serves. */
@ExtendWith(SharedGrid.class)
class ClocksIT {
    @Test
    void aNodeWhoseClockIsApartIsRefused() {
        Ignite node = SharedGrid.grid().node("karachi-1");
        Clock right = Clock.systemUTC();

        assertThat(Clocks.gaps(node, right)).containsOnlyKeys("karachi-2", "lahore-1", "lahore-2");
        assertThatCode(() -> Clocks.requireTogether(node, right)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Clocks.requireTogether(node, Clock.offset(right, Duration.ofSeconds(-10))))
                .isInstanceOf(UnsafeSettings.class)
                .hasMessageMatching(".*the clock of node karachi-2 is (9\\.[5-9]|10\\.0) s ahead of this node's.*");
    }
}
