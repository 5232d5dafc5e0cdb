package io.citygrid.web.access;

import io.citygrid.security.Role;
import io.citygrid.security.User;
import io.citygrid.web.Problem;
import io.citygrid.web.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/session}: who is logged in, and the token that pages send along with what they change. */
@RestController
final class SessionController {
    /**
     * A session.
     *
     * @param cities ids of those whose stores the user works for; empty for a user who is bound to none
     * @param csrfToken for the header X-XSRF-TOKEN; none for HTTP Basic, which needs none
     */
    record SessionBody(String user, List<String> roles, List<Integer> cities, @Nullable String csrfToken) {}

    private final Visitor visitor;

    SessionController(Visitor visitor) {
        this.visitor = visitor;
    }

    @GetMapping("/api/session")
    SessionBody session(@Nullable CsrfToken token) {
        if (visitor.isOpen()) {
            throw new Problem(ProblemType.NOT_FOUND, "Nobody has to log in here: there is no session.");
        }
        User user = visitor.user().orElseThrow(() -> new Problem(ProblemType.NOT_LOGGED_IN, "There is no session."));
        return new SessionBody(
                user.name(),
                user.roles().stream().map(Role::setting).sorted().toList(),
                user.cityIds().stream().sorted().toList(),
                token == null ? null : token.getToken());
    }
}
