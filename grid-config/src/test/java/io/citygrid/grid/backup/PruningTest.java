package io.citygrid.grid.backup;

import static io.citygrid.grid.backup.SomeBackups.complete;
import static io.citygrid.grid.backup.SomeBackups.unfinished;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PruningTest {
    @Test
    void theNewestCompleteOnesAreKept() {
        assertThat(Pruning.superfluous(List.of(complete("a", 1), complete("b", 2), complete("c", 3)), 2))
                .containsExactly("a");
    }

    @Test
    void theNewestCompleteOneIsNeverDeleted() {
        assertThat(Pruning.superfluous(List.of(complete("a", 1), unfinished("b", 2)), 1))
                .isEmpty();
        assertThat(Pruning.superfluous(List.of(complete("a", 1)), 0)).isEmpty();
    }

    @Test
    void whatWasNotFinishedGoesWhenALaterOneIsComplete() {
        assertThat(Pruning.superfluous(List.of(unfinished("a", 1), complete("b", 2)), 7))
                .containsExactly("a");
    }
}
