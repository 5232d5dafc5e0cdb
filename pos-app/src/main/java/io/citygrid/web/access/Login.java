package io.citygrid.web.access;

import java.io.Serializable;
import java.security.Principal;
import java.time.Instant;

/**
 * That somebody has logged in. What they may do is not in here: it is looked up at each request, so that it ends when the users
 * file says so.
 *
 * @param since when they did
 */
record Login(String name, Instant since) implements Principal, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String getName() {
        return name;
    }
}
