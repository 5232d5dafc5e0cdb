package io.citygrid.web.access;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** A login that was not even tried, because too many before it were wrong. */
final class TooManyLogins extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    TooManyLogins(Duration wait) {
        super("too many wrong passwords");
        this.wait = wait;
    }

    /** In whole seconds. */
    Duration retryAfter() {
        return wait;
    }
}
