package io.citygrid.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.citygrid.grid.client.OutcomeUnknown;
import io.citygrid.testing.Registers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is remembered is read when it is needed, and no more often. */
class RememberedTest {
    private final AtomicInteger reads = new AtomicInteger();
    private final Remembered<Integer> remembered = new Remembered<>(0, reads::incrementAndGet);

    @Test
    void isNotReadUntilItIsAskedFor() {
        assertThat(remembered.last()).isZero();
        assertThat(reads).hasValue(0);
    }

    @Test
    void aRecentReadIsGoodEnoughForAList() {
        Remembered<Integer> patient = new Remembered<>(0, reads::incrementAndGet, Duration.ofMinutes(1));
        assertThat(patient.recent()).isEqualTo(1);
        assertThat(patient.recent()).isEqualTo(1);
    }

    @Test
    void whatIsNotFoundIsLookedForInAReadThatBeganLater() {
        assertThat(remembered.recent()).isEqualTo(1);
        assertThat(remembered.renewed()).isEqualTo(2);
        assertThat(remembered.last()).isEqualTo(2);
    }

    @Test
    void thoseWhoAskAtOnceShareARead() {
        remembered.recent();

        List<Integer> seen = Registers.atOnce(16, register -> remembered.renewed());

        assertThat(seen).allMatch(read -> read >= 2);
        assertThat(reads.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void whileTheGridIsAwayNobodyQueuesForIt() {
        Remembered<Integer> away = new Remembered<>(
                0,
                () -> {
                    reads.incrementAndGet();
                    throw new OutcomeUnknown("no node", null);
                },
                Duration.ofMinutes(1));

        assertThatThrownBy(away::renewed).isInstanceOf(OutcomeUnknown.class);
        assertThatThrownBy(away::renewed).isInstanceOf(OutcomeUnknown.class);
        assertThat(reads).hasValue(1);
    }
}
