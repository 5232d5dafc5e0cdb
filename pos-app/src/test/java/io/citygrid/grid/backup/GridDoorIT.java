package io.citygrid.grid.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.citygrid.grid.Closing;
import io.citygrid.grid.GridCaches;
import io.citygrid.model.Moments;
import io.citygrid.model.status.GridClosing;
import io.citygrid.model.status.GridClosing.State;
import io.citygrid.testing.SharedGrid;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ignite.Ignite;
import org.apache.ignite.transactions.Transaction;
import org.apache.ignite.transactions.TransactionConcurrency;
import org.apache.ignite.transactions.TransactionIsolation;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The row that closes and opens the grid may be held up, as by nodes that come and go, for longer than Ignite waits for it. */
@ExtendWith(SharedGrid.class)
class GridDoorIT {
    private static final long HELD_MILLIS = 7_000;
    private static final long WITHIN_SECONDS = 60;

    @Test
    void whatIsSaidIsSaidInTheEnd() throws Exception {
        Ignite node = SharedGrid.grid().node("karachi-1");
        Ignite other = SharedGrid.grid().node("lahore-1");
        UUID run = UUID.randomUUID();
        CompletableFuture<Void> saying;
        try (Transaction held = other.transactions()
                .txStart(TransactionConcurrency.PESSIMISTIC, TransactionIsolation.REPEATABLE_READ, 30_000, 1)) {
            GridCaches.GRID_CLOSINGS
                    .on(other)
                    .put(
                            Closing.KEY,
                            new GridClosing(
                                    State.OPEN,
                                    "",
                                    UUID.randomUUID(),
                                    other.cluster().localNode().id(),
                                    false,
                                    false,
                                    Moments.now()));
            saying = CompletableFuture.runAsync(() -> new GridDoor(node, run).say(State.OPEN, "", false, false));
            ThrowingCallable waiting = () -> saying.get(HELD_MILLIS, TimeUnit.MILLISECONDS);
            assertThat(catchThrowable(waiting))
                    .as("it waits for whoever holds the row")
                    .isInstanceOf(TimeoutException.class);
            held.rollback();
        }
        saying.get(WITHIN_SECONDS, TimeUnit.SECONDS);

        assertThat(Closing.of(node))
                .hasValueSatisfying(closing -> assertThat(closing.runId()).isEqualTo(run));
    }
}
