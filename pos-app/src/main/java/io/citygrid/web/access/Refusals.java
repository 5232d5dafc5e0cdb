package io.citygrid.web.access;

import io.citygrid.security.audit.AuditOutcome;
import io.citygrid.web.Problem;
import io.citygrid.web.ProblemAnswers;
import io.citygrid.web.ProblemType;
import io.citygrid.web.audit.WebAudit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** What those get to see who may not come in, or not here: programs a problem, people a page that says what to do. */
@Component
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    /** Sent by the scripts of pages, for which a browser must not open its own window for a password. */
    static final String FROM_PAGE = "X-Requested-With";

    private static final String ACTION = "request";

    /** Parts of addresses that the audit log names; others have no end. */
    private static final Set<String> WORDS = Set.of(
            "actuator",
            "api",
            "audit",
            "backups",
            "cities",
            "customers",
            "dashboard",
            "grid",
            "inventory",
            "logout",
            "low-stock",
            "orders",
            "products",
            "prometheus",
            "replication",
            "reports",
            "retry",
            "sales",
            "sales.csv",
            "stores");

    private final ProblemAnswers answers;
    private final WebAudit audit;

    Refusals(ProblemAnswers answers, WebAudit audit) {
        this.answers = answers;
        this.audit = audit;
    }

    /** Nobody is logged in, or the password was wrong. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        if (why instanceof TooManyLogins tooMany) {
            answer(
                    request,
                    response,
                    new Problem(
                                    ProblemType.TOO_MANY_LOGINS,
                                    "Too many wrong passwords came from here or for this user. Nothing was tried.")
                            .retryAfter(tooMany.retryAfter()));
            return;
        }
        boolean wrong = why instanceof BadCredentialsException;
        if (!wrong && isForPages(request)) {
            String here = request.getRequestURI();
            boolean page = request.getMethod().equals("GET")
                    && Arrays.stream(Page.values()).anyMatch(at -> at.isAt(here));
            response.sendRedirect(page ? "/login?back=" + URLEncoder.encode(here, StandardCharsets.UTF_8) : "/login");
            return;
        }
        if (!wrong) {
            audit.recordOften(ACTION, shortened(request), AuditOutcome.REFUSED, "nobody is logged in");
        }
        HttpHeaders challenge = new HttpHeaders();
        challenge.set(
                HttpHeaders.WWW_AUTHENTICATE,
                request.getHeader(FROM_PAGE) == null ? "Basic realm=\"CityGrid POS\", charset=\"UTF-8\"" : "Session");
        answers.send(
                request,
                response,
                new Problem(
                        ProblemType.NOT_LOGGED_IN,
                        wrong
                                ? "The name or the password is wrong."
                                : "Log in: programs with HTTP Basic, people on the login page."),
                challenge);
    }

    /** Somebody is logged in and may not do this, or their page's token is missing. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        boolean forged = why instanceof CsrfException;
        if (forged && !isAnybodyLoggedIn() && isForPages(request)) {
            // The login page was open for too long, or the session is over.
            response.sendRedirect("/login?expired");
            return;
        }
        if (forged && !isAnybodyLoggedIn() && request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
            commence(request, response, new NobodyLoggedIn());
            return;
        }
        audit.recordOften(
                ACTION, shortened(request), AuditOutcome.REFUSED, forged ? "no token of this session" : "not allowed");
        if (isForPages(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else if (forged) {
            answer(
                    request,
                    response,
                    new Problem(
                            ProblemType.CSRF_TOKEN_MISSING,
                            "Pages send the token of GET /api/session; programs use HTTP Basic. Nothing was done."));
        } else {
            answer(
                    request,
                    response,
                    new Problem(ProblemType.FORBIDDEN, "This user may not do this. Nothing was done."));
        }
    }

    /** The address could be read in more than one way. */
    void oddAddress(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isForPages(request)) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        } else {
            answer(
                    request,
                    response,
                    new Problem(
                            ProblemType.MALFORMED_REQUEST, "The request is not one that this address understands."));
        }
    }

    LogoutHandler logouts() {
        return (request, response, who) -> {
            if (who != null) {
                audit.record("logout", "", AuditOutcome.ALLOWED, "");
            }
        };
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Problem problem) {
        answers.send(request, response, problem, HttpHeaders.EMPTY);
    }

    private static boolean isForPages(HttpServletRequest request) {
        return !ProblemAnswers.concern(request) && !request.getRequestURI().startsWith("/actuator");
    }

    private static boolean isAnybodyLoggedIn() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Login;
    }

    /** What somebody wanted, in so few forms that it can be counted. */
    private static String shortened(HttpServletRequest request) {
        return request.getMethod() + " "
                + Arrays.stream(request.getRequestURI().split("/"))
                        .skip(1)
                        .limit(4)
                        .map(part -> WORDS.contains(part) ? part : "…")
                        .collect(Collectors.joining("/", "/", ""));
    }

    private static final class NobodyLoggedIn extends AuthenticationException {
        private static final long serialVersionUID = 1L;

        NobodyLoggedIn() {
            super("nobody is logged in");
        }
    }
}
