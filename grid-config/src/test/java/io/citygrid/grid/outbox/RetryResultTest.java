package io.citygrid.grid.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.grid.outbox.RetryResult.Target;
import io.citygrid.model.status.NodeReport;
import io.citygrid.model.status.NodeReport.City;
import io.citygrid.model.status.NodeReport.Database;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nodes say of their databases is added up by database. */
class RetryResultTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static RetryResult of(String node, boolean centralReachable, long entries, long delivered) {
        return RetryResult.of(
                new NodeReport(
                        node,
                        NOW,
                        List.of(new City(1, new Database("karachi_db", true, NOW, ""), entries, null)),
                        new Database("pos_central", centralReachable, NOW, centralReachable ? "" : "refused"),
                        3,
                        4),
                delivered);
    }

    @Test
    void waitingRowsAreAddedUpAndOneNodeThatCannotReachADatabaseIsEnough() {
        RetryResult result = RetryResult.together(
                List.of(of("karachi-1", true, 5, 10), of("karachi-2", false, 2, 1)), List.of("lahore-1"));

        assertThat(result.delivered()).isEqualTo(11);
        assertThat(result.silent()).containsExactly("lahore-1");
        assertThat(result.targets()).extracting(Target::name).containsExactly("karachi_db", "pos_central");
        assertThat(result.targets()).extracting(Target::waiting).containsExactly(7L, 14L);
        assertThat(result.targets()).extracting(Target::reachable).containsExactly(true, false);
        assertThat(result.targets()).extracting(Target::reason).containsExactly("", "refused");
    }

    @Test
    void aCityWithoutADatabaseOfItsOwnIsCountedWithTheCentralOne() {
        RetryResult result = RetryResult.of(
                new NodeReport(
                        "quetta-1",
                        NOW,
                        List.of(new City(3, new Database("pos_central", true, NOW, ""), 2, NOW)),
                        new Database("pos_central", true, NOW, ""),
                        1,
                        0),
                0);

        assertThat(result.targets()).singleElement().satisfies(target -> assertThat(target.waiting())
                .isEqualTo(3));
    }
}
