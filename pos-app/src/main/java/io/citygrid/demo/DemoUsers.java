package io.citygrid.demo;

import io.citygrid.launch.OwnerOnlyFile;
import io.citygrid.launch.StoredUsers;
import io.citygrid.load.cli.DemoLogins;
import io.citygrid.security.GridLogin;
import io.citygrid.security.NodeSecurity;
import io.citygrid.security.Passwords;
import io.citygrid.security.Role;
import io.citygrid.security.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A user of each role, with passwords made at the demo's first start: hashed for the nodes, and in plain text for whoever runs the
 * demo, in a file that nobody else can read.
 */
public final class DemoUsers {
    static final String USERS = "users.properties";

    private static final int KARACHI = 1;
    private static final int LAHORE = 2;

    /** What is called {@code key} in the file of logins. */
    private record Member(String key, User user) {}

    private static final List<Member> MEMBERS = List.of(
            member("central_admin", Role.CENTRAL_ADMIN),
            new Member("store_app", new User("store_app", Set.of(Role.STORE_APP), Set.of(KARACHI))),
            new Member("store_app.lahore", new User("store_app.lahore", Set.of(Role.STORE_APP), Set.of(LAHORE))),
            member("replicator", Role.REPLICATOR),
            member("analyst", Role.ANALYST),
            member("ops", Role.OPS),
            member("pos_app", Role.POS_APP),
            member("node", Role.NODE));

    private final Path folder;

    private DemoUsers(Path folder) {
        this.folder = folder;
    }

    private static Member member(String key, Role role) {
        return new Member(key, new User(key, Set.of(role), Set.of()));
    }

    /** Those of {@code folder}, made if there are none. */
    public static DemoUsers in(Path folder) {
        Path logins = folder.resolve(DemoLogins.FILE);
        Path users = folder.resolve(USERS);
        if (!Files.exists(logins) || !Files.exists(users)) {
            List<String> lines = new ArrayList<>();
            lines.add("# Who may log in to this demo: role=user:password. Keep it to yourself.");
            StoredUsers stored = StoredUsers.in(users);
            for (Member member : MEMBERS) {
                String password = Passwords.generate();
                lines.add(member.key() + "=" + member.user().name() + ":" + password);
                stored.put(member.user(), Passwords.hash(password.toCharArray(), Passwords.GENERATED_ITERATIONS));
            }
            stored.write();
            OwnerOnlyFile.write(logins, String.join("\n", lines) + "\n");
        }
        return new DemoUsers(folder);
    }

    /** Where the passwords are. */
    Path file() {
        return folder.resolve(DemoLogins.FILE);
    }

    /** @throws IllegalStateException if the file has lost that role */
    public GridLogin login(Role role) {
        return DemoLogins.of(folder, role)
                .orElseThrow(() -> new IllegalStateException(file() + " has no line " + role.setting()
                        + "=user:password;" + " delete it and " + USERS + " beside it, and they are made anew"));
    }

    /** How the demo's nodes know their users. */
    public NodeSecurity security() {
        return new NodeSecurity(folder.resolve(USERS), null, folder.resolve("audit"), login(Role.NODE));
    }
}
