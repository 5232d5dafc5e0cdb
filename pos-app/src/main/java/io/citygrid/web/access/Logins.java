package io.citygrid.web.access;

import io.citygrid.security.LoginThrottle;
import io.citygrid.security.User;
import io.citygrid.security.audit.AuditOutcome;
import io.citygrid.web.audit.WebAudit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Checks names and passwords, by the login page and HTTP Basic alike: slowed down after wrong ones, counted and written down. */
@Component
final class Logins implements AuthenticationManager {
    /** Hashing a password takes a processor a tenth of a second; guessers must not take all of them from sales. */
    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final Duration TURN_WITHIN = Duration.ofSeconds(2);
    private static final int NAME_LENGTH_MAX = 64;

    private final KnownUsers users;
    private final WebAudit audit;
    private final LoginThrottle throttle;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final MeterRegistry meters;

    Logins(KnownUsers users, WebAudit audit, MeterRegistry meters) {
        this.users = users;
        this.audit = audit;
        this.throttle = new LoginThrottle(users::isGuessable);
        this.meters = meters;
        // One that appears with its first event has not risen, for Prometheus; the rule would miss that one.
        List.of("right", "wrong", "slowed").forEach(this::counter);
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        // Nobody's name is that long; what is kept and written down of guesses stays small.
        String name = asked.getName().length() > NAME_LENGTH_MAX ? "(too long)" : asked.getName();
        String address = address(asked);
        Optional<User> user = inTurn(name, address, String.valueOf(asked.getCredentials()));
        if (user.isEmpty()) {
            throttle.failed(name, address);
            counter("wrong").increment();
            audit.login(name, AuditOutcome.REFUSED, "wrong name or password");
            throw new BadCredentialsException("wrong name or password");
        }
        throttle.succeeded(name, address);
        counter("right").increment();
        audit.login(name, AuditOutcome.ALLOWED, "");
        UsernamePasswordAuthenticationToken loggedIn = UsernamePasswordAuthenticationToken.authenticated(
                new Login(user.get().name(), Instant.now()), null, Right.of(user.get()));
        loggedIn.setDetails(asked.getDetails());
        return loggedIn;
    }

    /** Whoever was here before, or whose password nobody guesses, is let through: checking it costs no time. */
    private Optional<User> inTurn(String name, String address, String password) {
        if (throttle.trusts(name, address)) {
            return check(name, address, password);
        }
        try {
            if (!turns.tryAcquire(TURN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw slowed(TURN_WITHIN);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw slowed(TURN_WITHIN);
        }
        try {
            return check(name, address, password);
        } finally {
            turns.release();
        }
    }

    private Optional<User> check(String name, String address, String password) {
        Optional<Duration> wait = throttle.wait(name, address);
        if (wait.isPresent()) {
            throw slowed(wait.get());
        }
        char[] secret = password.toCharArray();
        try {
            return users.authenticate(name, secret);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private TooManyLogins slowed(Duration wait) {
        counter("slowed").increment();
        // Without the name: whoever tries one name after another must not fill the log.
        audit.recordOften("login.slowed", "", AuditOutcome.REFUSED, "too many wrong passwords: not tried");
        return new TooManyLogins(wait);
    }

    private static String address(Authentication asked) {
        return asked.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
    }

    private Counter counter(String outcome) {
        return Counter.builder("citygrid.logins")
                .description("Logins at the web application: right, wrong, or slowed down after too many wrong ones")
                .tag("outcome", outcome)
                .register(meters);
    }
}
