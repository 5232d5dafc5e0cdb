package io.citygrid.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes guessing passwords slow, and nothing else. Wrong passwords are counted by user and address together, by address, and by
 * user; from a number of them on, each has to wait twice as long as the one before, up to a limit that nobody takes for a
 * lockout. Who logged in from an address before is not held up by what others do from it, or try on their name from elsewhere, and
 * whose password nobody can guess is never held up: else whoever tries could keep a service out.
 *
 * <p>What is kept is bounded and forgotten after a quarter of an hour; a success is remembered for a day.
 */
public final class LoginThrottle {
    private static final int KEPT_MAX = 20_000;
    private static final Duration FORGET_AFTER = Duration.ofMinutes(15);
    private static final Duration TRUST_FOR = Duration.ofDays(1);
    private static final Duration WAIT_FIRST = Duration.ofSeconds(1);

    /** Wrong passwords that cost nothing but their own time, and the longest wait after more. */
    private record Limit(int free, Duration waitMax) {
        static final Limit OF_USER_AT_ADDRESS = new Limit(5, Duration.ofSeconds(60));
        static final Limit OF_ADDRESS = new Limit(20, Duration.ofSeconds(30));
        static final Limit OF_USER = new Limit(50, Duration.ofSeconds(30));

        Duration waitAfter(int failures) {
            int more = failures - free;
            return more < 0 ? Duration.ZERO : min(WAIT_FIRST.multipliedBy(1L << Math.min(more, 10)), waitMax);
        }

        private static Duration min(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }
    }

    /** Wrong passwords so far, and until when no other may be tried. */
    private record Failures(int count, long openAtNanos) {}

    private final Predicate<String> guessable;
    private final Ticker clock;
    private final Cache<String, Failures> failures;
    private final Cache<String, Boolean> trusted;

    /** @param guessable of whose password it is worth somebody's while to try more, see {@link Users#isGuessable} */
    public LoginThrottle(Predicate<String> guessable) {
        this(guessable, Ticker.systemTicker());
    }

    LoginThrottle(Predicate<String> guessable, Ticker clock) {
        this.guessable = guessable;
        this.clock = clock;
        this.failures = Caffeine.newBuilder()
                .ticker(clock)
                .maximumSize(KEPT_MAX)
                .expireAfterWrite(FORGET_AFTER)
                .build();
        this.trusted = Caffeine.newBuilder()
                .ticker(clock)
                .maximumSize(KEPT_MAX)
                .expireAfterWrite(TRUST_FOR)
                .build();
    }

    /** Whether {@code user} logged in from {@code address} within a day, or has a password that nobody guesses. */
    public boolean trusts(String user, String address) {
        return !guessable.test(user) || trusted.getIfPresent(both(user, address)) != null;
    }

    /** How long to wait before the next try, in whole seconds; empty if it may be made now. */
    public Optional<Duration> wait(String user, String address) {
        if (!guessable.test(user)) {
            return Optional.empty();
        }
        String both = both(user, address);
        long now = clock.read();
        long wait = left(both, now);
        if (!trusts(user, address)) {
            wait = Math.max(wait, Math.max(left(ofAddress(address), now), left(ofUser(user), now)));
        }
        return wait == 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(
                        1 + (wait - 1) / Duration.ofSeconds(1).toNanos()));
    }

    /** The password was wrong. */
    public synchronized void failed(String user, String address) {
        if (!guessable.test(user)) {
            return;
        }
        long now = clock.read();
        count(both(user, address), Limit.OF_USER_AT_ADDRESS, now);
        count(ofAddress(address), Limit.OF_ADDRESS, now);
        count(ofUser(user), Limit.OF_USER, now);
    }

    /** The password was right. Others' failures from the address stay: an own account must not buy more guesses. */
    public synchronized void succeeded(String user, String address) {
        failures.invalidate(both(user, address));
        trusted.put(both(user, address), true);
    }

    private long left(String key, long now) {
        Failures so = failures.getIfPresent(key);
        return so == null ? 0 : Math.max(0, so.openAtNanos() - now);
    }

    private void count(String key, Limit limit, long now) {
        Failures so = failures.getIfPresent(key);
        int count = so == null ? 1 : so.count() + 1;
        failures.put(key, new Failures(count, now + limit.waitAfter(count).toNanos()));
    }

    private static String both(String user, String address) {
        return "both " + address + " " + user.toLowerCase(Locale.ROOT);
    }

    private static String ofAddress(String address) {
        return "address " + address;
    }

    private static String ofUser(String user) {
        return "user " + user.toLowerCase(Locale.ROOT);
    }
}
