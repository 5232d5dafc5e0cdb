package io.citygrid.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.grid.RolledBack;
import io.citygrid.model.order.OrderOutcome;
import io.citygrid.order.Turn.Call;
import io.citygrid.order.Turn.Lead;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LATE = Duration.ofSeconds(20);

    private final Turn turn = new Turn(null, null);

    @Test
    void isCalledOnceAndThenSellsForAllWithItsOwnBasketAmongThem() {
        assertThat(turn.call(new Lead())).isTrue();
        assertThat(turn.call(new Lead())).as("it is called already").isFalse();
        assertThat(turn.await(LATE, LATE)).isEqualTo(Call.SELL_FOR_ALL);
        assertThat(turn.join()).isTrue();
        assertThat(turn.join()).as("it is in the group already").isFalse();
    }

    @Test
    void anAnswerWakesWhoeverWaits() throws Exception {
        CompletableFuture<Turn> waiting = new CompletableFuture<>();
        CompletableFuture<Call> woken = CompletableFuture.supplyAsync(() -> {
            Turn own = new Turn(null, null);
            waiting.complete(own);
            return own.await(LATE, LATE);
        });
        Turn other = waiting.get();
        assertThat(other.join()).isTrue();
        other.sold(Optional.of(new OrderOutcome.UnknownStore(7)), null);
        assertThat(woken.get()).isEqualTo(Call.GO);
        assertThat(other.outcome())
                .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(OrderOutcome.UnknownStore.class));
        assertThat(other.call(new Lead())).as("nobody waits any more").isFalse();
    }

    @Test
    void aGroupThatFailedLeavesItToItself() {
        turn.join();
        turn.leaveToItself();
        assertThat(turn.await(SOON, SOON)).isEqualTo(Call.SELL_ALONE);
    }

    @Test
    void whoGivesUpInLineWasCertainlyNotSoldTo() {
        assertThatThrownBy(() -> turn.await(SOON, LATE))
                .isInstanceOfSatisfying(RolledBack.class, gaveUp -> assertThat(gaveUp.isInDoubt())
                        .isFalse());
        assertThat(turn.call(new Lead())).isFalse();
        assertThat(turn.join()).isFalse();
    }

    @Test
    void whoGivesUpInAGroupDoesNotKnow() {
        turn.join();
        assertThatThrownBy(() -> turn.await(LATE, SOON))
                .isInstanceOfSatisfying(RolledBack.class, gaveUp -> assertThat(gaveUp.isInDoubt())
                        .isTrue());
    }

    @Test
    void aThreadThatIsInterruptedGivesUp() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> turn.await(LATE, LATE)).isInstanceOf(RolledBack.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aFailureIsThrownToItsOwner() {
        turn.join();
        turn.failed(new RolledBack("a node left"));
        assertThat(turn.await(SOON, SOON)).isEqualTo(Call.GO);
        assertThatThrownBy(turn::outcome).isInstanceOf(RolledBack.class).hasMessage("a node left");
    }
}
