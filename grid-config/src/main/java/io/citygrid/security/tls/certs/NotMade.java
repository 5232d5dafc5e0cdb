package io.citygrid.security.tls.certs;

import org.jspecify.annotations.Nullable;

/** A key or certificate was not made; the message says why. */
public final class NotMade extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotMade(String why) {
        this(why, null);
    }

    NotMade(String why, @Nullable Throwable cause) {
        super(why, cause);
    }
}
