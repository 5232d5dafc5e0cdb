package io.citygrid.web.access;

import io.citygrid.security.Role;
import io.citygrid.security.User;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What somebody may do at the web door, and which roles may do it. Which address needs which right, {@link WebSecurity} says. */
public enum Right {
    /** Sell, look receipts up and read catalogue, customers and stock; a {@link Role#STORE_APP} for stores of its cities. */
    SELL(Role.CENTRAL_ADMIN, Role.STORE_APP),
    /** Receive and correct stock. */
    MOVE_STOCK(Role.CENTRAL_ADMIN),
    /** See what was sold. */
    REPORT(Role.CENTRAL_ADMIN, Role.ANALYST),
    /** Know which cities there are. */
    CITIES(Role.CENTRAL_ADMIN, Role.STORE_APP, Role.ANALYST),
    /** Look after nodes, databases, replication and backups. */
    OPERATE(Role.CENTRAL_ADMIN, Role.OPS),
    /** Read the audit log. */
    AUDIT(Role.CENTRAL_ADMIN, Role.OPS),
    /** Read metrics. */
    METRICS(Role.CENTRAL_ADMIN, Role.OPS),
    /** Whatever nobody has thought of yet. */
    ANYTHING_ELSE(Role.CENTRAL_ADMIN);

    private final Set<Role> roles;

    Right(Role... roles) {
        this.roles = Set.of(roles);
    }

    /** All that {@code user} has, as Spring Security knows them. */
    static List<GrantedAuthority> of(User user) {
        return Arrays.stream(values())
                .filter(right -> right.isOf(user))
                .<GrantedAuthority>map(right -> new SimpleGrantedAuthority("ROLE_" + right.name()))
                .toList();
    }

    /** All that there are. */
    static List<GrantedAuthority> all() {
        return Arrays.stream(values())
                .<GrantedAuthority>map(right -> new SimpleGrantedAuthority("ROLE_" + right.name()))
                .toList();
    }

    /** Whether {@code user} has it. */
    public boolean isOf(User user) {
        return user.roles().stream().anyMatch(roles::contains);
    }
}
