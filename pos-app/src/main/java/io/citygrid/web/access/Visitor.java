package io.citygrid.web.access;

import io.citygrid.security.Role;
import io.citygrid.security.User;
import io.citygrid.security.audit.AuditOutcome;
import io.citygrid.web.Problem;
import io.citygrid.web.ProblemType;
import io.citygrid.web.audit.WebAudit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Whoever sends the request that this thread answers, and what they may do by now. Pages know it as {@code @visitor}. */
@Component
public final class Visitor {
    private final KnownUsers users;
    private final WebAudit audit;

    Visitor(KnownUsers users, WebAudit audit) {
        this.users = users;
        this.audit = audit;
    }

    /** Whether nobody has to log in here. */
    public boolean isOpen() {
        return users.isOpen();
    }

    /** The user, if one is logged in and still exists. */
    public Optional<User> user() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Login login
                ? users.find(login.name())
                : Optional.empty();
    }

    /** Their name, for the bar at the top; empty if nobody is logged in. */
    public String name() {
        return user().map(User::name).orElse("");
    }

    /** Their roles in words. */
    public String roles() {
        return user().map(user -> user.roles().stream()
                        .map(role -> role.setting().replace('_', ' '))
                        .sorted()
                        .collect(Collectors.joining(", ")))
                .orElse("");
    }

    /** Whether they have {@code right}. */
    public boolean may(Right right) {
        return isOpen() || user().filter(right::isOf).isPresent();
    }

    /** The pages that they may open. */
    public List<Page> pages() {
        return Arrays.stream(Page.values()).filter(page -> may(page.right())).toList();
    }

    /** Where the mark at the top left leads to: the first page that they may open. */
    public String start() {
        return pages().stream().findFirst().orElse(Page.REGISTER).path();
    }

    /** Whether they may sell for stores of {@code cityId} and read their stock. */
    public boolean isOf(int cityId) {
        return isOpen()
                || user().filter(user ->
                                user.is(Role.CENTRAL_ADMIN) || user.cityIds().contains(cityId))
                        .isPresent();
    }

    /**
     * Lets those pass who work for stores of {@code cityId}.
     *
     * @param action what they want of {@code storeId}, as the audit log calls it
     * @throws Problem {@code forbidden-store}
     */
    public void requireOf(int cityId, int storeId, String action) {
        if (!isOf(cityId)) {
            audit.record(action, "store " + storeId, AuditOutcome.REFUSED, "the store is not of this user's cities");
            throw new Problem(
                            ProblemType.FORBIDDEN_STORE,
                            "Store " + storeId + " is in a city that this user does not work for.")
                    .with("storeId", storeId);
        }
    }
}
