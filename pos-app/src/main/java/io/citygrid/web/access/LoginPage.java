package io.citygrid.web.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /login}: where people say who they are. It works without scripts. */
@Controller
final class LoginPage {
    private static final String REFUSED = "/login/refused";
    private static final String WHY = LoginPage.class.getName() + ".why";
    private static final int BACK_LENGTH_MAX = 100;
    private static final int NAME_LENGTH_MAX = 64;

    private final Visitor visitor;

    LoginPage(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Shows the page again, and why. By a forward: what was typed as a name must not become part of an address. */
    static void showRefusal(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws ServletException, IOException {
        request.setAttribute(WHY, why);
        request.getRequestDispatcher(REFUSED).forward(request, response);
    }

    @GetMapping("/login")
    String login(
            @RequestParam(name = "back", defaultValue = "") String back,
            @RequestParam(name = "out", required = false) @Nullable String out,
            @RequestParam(name = "expired", required = false) @Nullable String expired,
            Model page) {
        if (visitor.isOpen() || (visitor.user().isPresent() && !visitor.pages().isEmpty())) {
            return "redirect:" + visitor.start();
        }
        String message = "";
        if (out != null) {
            message = "You are logged out.";
        } else if (expired != null) {
            message = "This page was open for too long. Log in now.";
        }
        return show(page, "", back, message, "");
    }

    /** Reached by a forward from a login that was refused. */
    @PostMapping(REFUSED)
    String refused(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(name = "name", defaultValue = "") String name,
            @RequestParam(name = "back", defaultValue = "") String back,
            Model page) {
        if (request.getAttribute(WHY) instanceof TooManyLogins tooMany) {
            long seconds = tooMany.retryAfter().toSeconds();
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            String wait = seconds == 1 ? "a second" : seconds + " seconds";
            return show(page, name, back, "Too many wrong passwords. Try again in " + wait + ".", "bad");
        }
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Session");
        return show(page, name, back, "The name or the password is wrong.", "bad");
    }

    private static String show(Model page, String name, String back, String message, String kind) {
        page.addAttribute("name", name.length() > NAME_LENGTH_MAX ? "" : name);
        page.addAttribute("back", back.length() > BACK_LENGTH_MAX ? "" : back);
        page.addAttribute("message", message);
        page.addAttribute("kind", kind);
        return "login";
    }
}
