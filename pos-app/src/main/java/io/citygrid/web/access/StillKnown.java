package io.citygrid.web.access;

import io.citygrid.security.User;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A session has the rights that its user has now. It ends when the user is gone, and a day after the login in any case: pages
 * that ask every few seconds would otherwise keep it for ever.
 */
final class StillKnown extends OncePerRequestFilter {
    private static final Duration SESSION_MAX = Duration.ofHours(24);

    private final KnownUsers users;

    StillKnown(KnownUsers users) {
        this.users = users;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Login login) {
            SecurityContext now = SecurityContextHolder.createEmptyContext();
            Optional<User> user = users.find(login.name());
            if (user.isPresent() && login.since().plus(SESSION_MAX).isAfter(Instant.now())) {
                now.setAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(login, null, Right.of(user.get())));
            } else {
                end(request.getSession(false));
            }
            SecurityContextHolder.setContext(now);
        }
        chain.doFilter(request, response);
    }

    private static void end(HttpSession session) {
        if (session != null) {
            session.invalidate();
        }
    }
}
