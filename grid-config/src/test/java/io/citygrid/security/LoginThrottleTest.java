package io.citygrid.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Guessing becomes slow, and nobody is kept out for long, or at all because of others. */
class LoginThrottleTest {
    private static final String STORE = "10.0.0.7";
    private static final String ELSEWHERE = "10.9.9.9";

    private final AtomicLong clock = new AtomicLong();
    private final LoginThrottle throttle = new LoginThrottle(user -> !user.equals("pos_app"), clock::get);

    @Test
    void afterSomeWrongPasswordsEachNextOneHasToWaitLongerUpToAMinute() {
        fail("asma", STORE, 4);
        assertThat(throttle.wait("asma", STORE)).isEmpty();
        fail("asma", STORE, 1);
        assertThat(throttle.wait("asma", STORE)).contains(Duration.ofSeconds(1));
        fail("asma", STORE, 3);
        assertThat(throttle.wait("ASMA", STORE)).contains(Duration.ofSeconds(8));
        fail("asma", STORE, 100);
        assertThat(throttle.wait("asma", STORE)).contains(Duration.ofSeconds(60));

        pass(Duration.ofSeconds(60));
        assertThat(throttle.wait("asma", STORE)).isEmpty();
    }

    @Test
    void aRightPasswordForgetsTheWrongOnesBeforeIt() {
        fail("asma", STORE, 4);
        throttle.succeeded("asma", STORE);
        fail("asma", STORE, 4);
        assertThat(throttle.wait("asma", STORE)).isEmpty();
    }

    @Test
    void manyNamesFromOneAddressAreSlowedTogetherAndAnOwnAccountBuysNoMore() {
        for (int name = 0; name < 25; name++) {
            fail("user" + name, STORE, 1);
        }
        assertThat(throttle.wait("another", STORE)).contains(Duration.ofSeconds(30));
        throttle.succeeded("attacker", STORE);
        assertThat(throttle.wait("another", STORE)).contains(Duration.ofSeconds(30));
        assertThat(throttle.wait("another", ELSEWHERE)).isEmpty();
    }

    @Test
    void whoWasHereBeforeIsHeldUpByNobodyElse() {
        throttle.succeeded("asma", STORE);
        for (int name = 0; name < 40; name++) {
            fail("user" + name, STORE, 3);
        }
        for (int address = 0; address < 60; address++) {
            fail("asma", "10.1.1." + address, 1);
        }
        assertThat(throttle.wait("asma", STORE)).isEmpty();
        assertThat(throttle.wait("asma", ELSEWHERE)).contains(Duration.ofSeconds(30));
    }

    @Test
    void allIsForgottenAfterAQuarterOfAnHour() {
        fail("asma", STORE, 50);
        pass(Duration.ofMinutes(15).plusSeconds(1));
        fail("asma", STORE, 1);
        assertThat(throttle.wait("asma", STORE)).isEmpty();
    }

    @Test
    void whosePasswordNobodyGuessesIsNeverHeldUpAndNobodyBecauseOfThem() {
        fail("pos_app", STORE, 1_000);
        assertThat(throttle.wait("pos_app", STORE)).isEmpty();
        assertThat(throttle.trusts("pos_app", STORE)).isTrue();
        assertThat(throttle.wait("asma", STORE)).isEmpty();
    }

    private void fail(String user, String address, int times) {
        for (int time = 0; time < times; time++) {
            throttle.failed(user, address);
        }
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
