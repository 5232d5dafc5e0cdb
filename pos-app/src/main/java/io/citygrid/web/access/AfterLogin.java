package io.citygrid.web.access;

import io.citygrid.security.User;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** Goes to the page that was wanted before the login, if it is one and the user may see it, or to the first that they may. */
final class AfterLogin implements AuthenticationSuccessHandler {
    private final KnownUsers users;

    AfterLogin(KnownUsers users) {
        this.users = users;
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication who)
            throws IOException {
        response.sendRedirect(address(users.find(who.getName()), request.getParameter("back")));
    }

    private static String address(Optional<User> user, @Nullable String wanted) {
        List<Page> pages = Arrays.stream(Page.values())
                .filter(page -> user.filter(page.right()::isOf).isPresent())
                .toList();
        if (wanted != null && pages.stream().anyMatch(page -> page.isAt(wanted))) {
            return wanted;
        }
        return pages.isEmpty() ? Page.REGISTER.path() : pages.get(0).path();
    }
}
