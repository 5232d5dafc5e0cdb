package io.citygrid.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.ignite.plugin.security.SecurityPermission;
import org.jspecify.annotations.Nullable;

/**
 * What each role may do in the grid: {@code ROLE.cache.read = orders,stores}, and what no line allows is refused. A {@code *}
 * stands for everything, one at the end of a name for every name that begins so. {@link #hash()} tells whether two nodes have
 * the same one.
 */
public final class Policy {
    private static final String SHIPPED = "/security/policy.properties";

    /** What names nothing: {@code ROLE.system = ADMIN_SNAPSHOT}. */
    private static final String SYSTEM = "system";

    private static final Map<SecurityPermission, String> NAMED = named();

    private final Map<Role, Map<String, Set<String>>> allowed;
    private final String hash;

    private Policy(Map<Role, Map<String, Set<String>>> allowed) {
        this.allowed = allowed;
        this.hash = hash(allowed);
    }

    private static Map<SecurityPermission, String> named() {
        Map<SecurityPermission, String> named = new EnumMap<>(SecurityPermission.class);
        for (SecurityPermission permission : SecurityPermission.values()) {
            String[] words = permission.name().toLowerCase(Locale.ROOT).split("_", 2);
            if (Set.of("cache", "task", "service").contains(words[0])) {
                named.put(permission, words[0] + "." + words[1]);
            }
        }
        return Map.copyOf(named);
    }

    /** The one that ships with the program. */
    public static Policy shipped() {
        try (InputStream in = Policy.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: it has no " + SHIPPED);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "the shipped policy");
        } catch (IOException broken) {
            throw new IllegalStateException("the program is damaged: " + SHIPPED + " cannot be read", broken);
        }
    }

    /** @throws IllegalArgumentException if {@code file} cannot be read, naming the line */
    public static Policy of(Path file) {
        try {
            return parse(Files.readString(file), "the policy " + file);
        } catch (IOException notReadable) {
            throw new IllegalArgumentException("the policy " + file + " cannot be read", notReadable);
        }
    }

    private static Policy parse(String text, String what) {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException notReadable) {
            throw new IllegalArgumentException(what + " cannot be read", notReadable);
        }
        Map<Role, Map<String, Set<String>>> allowed = new EnumMap<>(Role.class);
        for (String key : lines.stringPropertyNames()) {
            try {
                int dot = key.indexOf('.');
                Role role = Role.of(dot < 0 ? key : key.substring(0, dot));
                String kind = key.substring(dot + 1);
                Set<String> names = names(lines.getProperty(key));
                require(kind, names);
                allowed.computeIfAbsent(role, unused -> new TreeMap<>()).put(kind, names);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(what + ", line " + key + ": " + wrong.getMessage(), wrong);
            }
        }
        return new Policy(allowed);
    }

    private static Set<String> names(String commas) {
        return Arrays.stream(commas.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void require(String kind, Set<String> names) {
        if (kind.equals(SYSTEM)) {
            names.stream().filter(name -> !name.equals("*")).forEach(name -> {
                if (NAMED.containsKey(SecurityPermission.valueOf(name))) {
                    throw new IllegalArgumentException(
                            name + " names a cache, task or service: it has lines of its own");
                }
            });
        } else if (!NAMED.containsValue(kind)) {
            throw new IllegalArgumentException("'" + kind + "' is neither " + SYSTEM + " nor one of "
                    + NAMED.values().stream().sorted().collect(Collectors.joining(", ")));
        }
    }

    /**
     * Whether {@code role} may.
     *
     * @param name of the cache, task or service; {@code null} where the permission has none
     */
    public boolean allows(Role role, SecurityPermission permission, @Nullable String name) {
        Map<String, Set<String>> rules = allowed.getOrDefault(role, Map.of());
        String kind = NAMED.get(permission);
        return kind == null
                ? matches(rules.getOrDefault(SYSTEM, Set.of()), permission.name())
                : matches(rules.getOrDefault(kind, Set.of()), name == null ? "" : name);
    }

    /** Whether {@code role} may do so to anything at all. */
    public boolean allowsSome(Role role, SecurityPermission permission) {
        String kind = NAMED.getOrDefault(permission, SYSTEM);
        return !allowed.getOrDefault(role, Map.of())
                .getOrDefault(kind, Set.of())
                .isEmpty();
    }

    private static boolean matches(Set<String> patterns, String name) {
        if (patterns.contains(name) || patterns.contains("*")) {
            return true;
        }
        for (String pattern : patterns) {
            if (pattern.endsWith("*") && name.startsWith(pattern.substring(0, pattern.length() - 1))) {
                return true;
            }
        }
        return false;
    }

    /** Equal for policies that allow the same, whatever order and comments they are written with. */
    public String hash() {
        return hash;
    }

    private static String hash(Map<Role, Map<String, Set<String>>> allowed) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(allowed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("this Java has no SHA-256", everyJavaHasIt);
        }
    }
}
