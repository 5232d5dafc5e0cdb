package io.citygrid.security;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Somebody, or some program, that the grid knows.
 *
 * @param name what they log in with
 * @param roles at least one
 * @param cityIds the cities whose stores a {@link Role#STORE_APP} sells for; other roles are bound to no city
 */
public record User(String name, Set<Role> roles, Set<Integer> cityIds) {
    /** Names of people and programs, as they can stand in a properties file and in a log. */
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    public User {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("user name '" + printable(name)
                    + "': up to 63 letters, digits, dots, dashes and underscores, and a letter or digit first");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("user " + name + " has no role");
        }
        if (roles.contains(Role.STORE_APP) && cityIds.isEmpty()) {
            throw new IllegalArgumentException(
                    "user " + name + " is a store_app and of no city: write cities= and the numbers of its cities");
        }
        if (roles.contains(Role.NODE) && roles.size() > 1) {
            throw new IllegalArgumentException(
                    "user " + name + " is a node, which is good for nothing else: take it out of its other roles");
        }
        roles = Set.copyOf(EnumSet.copyOf(roles));
        cityIds = Set.copyOf(cityIds);
    }

    private static String printable(String name) {
        return name.length() > 63 ? name.substring(0, 63) + "…" : name;
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /**
     * Whether this user may do what their role may do for the stores of {@code cityId}: a {@link Role#STORE_APP} in its own
     * cities alone, unless they are head office as well.
     */
    public boolean isOf(int cityId) {
        return !is(Role.STORE_APP) || is(Role.CENTRAL_ADMIN) || is(Role.POS_APP) || cityIds.contains(cityId);
    }

    /** As the users file has it, without the password: {@code store_app cities=1,2}. */
    public String terms() {
        String names = roles.stream().sorted().map(Role::setting).collect(Collectors.joining(","));
        return cityIds.isEmpty()
                ? names
                : names + " cities="
                        + new TreeSet<>(cityIds).stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
