package io.citygrid.grid.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Of an outage the log tells the beginning, each new reason and then one line a minute, and not every try. */
class OutagesTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final Hands hands = new Hands();
    private final Outages outages = new Outages(hands);

    /** A clock that is moved by hand. */
    private static final class Hands extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        void move(Duration by) {
            now = now.plus(by);
        }
    }

    @Test
    void theBeginningIsToldAndTheTriesAfterItAreNot() {
        assertThat(outages.worthSaying("pos_central", "refused")).isTrue();
        for (int second = 1; second < 60; second++) {
            hands.move(Duration.ofSeconds(1));
            assertThat(outages.worthSaying("pos_central", "refused")).isFalse();
        }
    }

    @Test
    void afterAMinuteItIsToldAgain() {
        outages.worthSaying("pos_central", "refused");
        int told = 0;
        for (int second = 1; second <= 600; second++) {
            hands.move(Duration.ofSeconds(1));
            told += outages.worthSaying("pos_central", "refused") ? 1 : 0;
        }

        assertThat(told).isEqualTo(10);
    }

    @Test
    void aNewReasonIsToldAndReasonsThatTakeTurnsAreNot() {
        outages.worthSaying("pos_central", "broke");
        hands.move(Duration.ofSeconds(1));

        assertThat(outages.worthSaying("pos_central", "refused")).isTrue();
        assertThat(outages.worthSaying("pos_central", "broke")).isFalse();
        assertThat(outages.worthSaying("pos_central", "refused")).isFalse();
    }

    @Test
    void databasesFailEachForItself() {
        outages.worthSaying("karachi_db", "refused");

        assertThat(outages.worthSaying("lahore_db", "refused")).isTrue();
    }

    @Test
    void whenItIsOverTheNextFailureIsANewBeginning() {
        outages.worthSaying("karachi_db", "refused");
        hands.move(Duration.ofSeconds(20));

        assertThat(outages.over("karachi_db")).contains(START);
        assertThat(outages.over("karachi_db")).isEmpty();
        assertThat(outages.worthSaying("karachi_db", "refused")).isTrue();
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int reason = 0; reason < 1_000; reason++) {
            outages.worthSaying("karachi_db", "reason " + reason);
            outages.worthSaying("database " + reason, "refused");
        }

        assertThat(outages.worthSaying("karachi_db", "reason 1000"))
                .as("an outage that was pushed out begins anew")
                .isTrue();
        int told = 0;
        for (int reason = 0; reason < 1_000; reason++) {
            told += outages.worthSaying("karachi_db", "other " + reason) ? 1 : 0;
        }
        assertThat(told).isLessThanOrEqualTo(100);
    }
}
