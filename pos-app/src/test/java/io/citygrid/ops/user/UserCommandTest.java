package io.citygrid.ops.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.security.GridLogin;
import io.citygrid.security.Role;
import io.citygrid.security.User;
import io.citygrid.security.Users;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UserCommandTest {
    @TempDir
    Path folder;

    private record Said(int code, String text) {}

    private Said user(String password, String... words) {
        InputStream usual = System.in;
        System.setIn(new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            StringWriter text = new StringWriter();
            CommandLine line = new CommandLine(new UserCommand())
                    .setOut(new PrintWriter(text, true))
                    .setErr(new PrintWriter(text, true));
            return new Said(line.execute(words), text.toString());
        } finally {
            System.setIn(usual);
        }
    }

    @Test
    void usersAreAddedChangedListedAndRemoved() throws IOException {
        String file = folder.resolve("users").toString();
        assertThat(user(
                                "correct horse battery",
                                "add",
                                "asma",
                                "--role",
                                "store_app",
                                "--cities",
                                "1,2",
                                "--users",
                                file)
                        .code())
                .isZero();
        assertThat(user("another long password", "add", "omar", "--role", "analyst,ops", "--users", file)
                        .code())
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("users"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("users"))).doesNotContain("horse");
        assertThat(user("", "list", "--users", file).text()).contains("asma", "store_app cities=1,2", "analyst,ops");

        assertThat(user("yet another password", "password", "asma", "--users", file)
                        .code())
                .isZero();
        Users users = Users.of(folder.resolve("users"));
        assertThat(users.authenticate("asma", "correct horse battery".toCharArray()))
                .isEmpty();
        assertThat(users.authenticate("asma", "yet another password".toCharArray()))
                .contains(new User("asma", Set.of(Role.STORE_APP), Set.of(1, 2)));

        assertThat(user("", "remove", "omar", "--users", file).code()).isZero();
        assertThat(user("", "remove", "asma", "--users", file).text()).contains("the last user");
    }

    @Test
    void whatCannotBeIsSaidAndChangesNothing() throws IOException {
        String file = folder.resolve("users").toString();
        assertThat(user("too short", "add", "asma", "--role", "analyst", "--users", file)
                        .text())
                .contains("12 to 256");
        assertThat(user("a long enough one", "add", "asma", "--role", "cashier", "--users", file)
                        .text())
                .contains("there is no role 'cashier'");
        assertThat(user("a long enough one", "add", "asma", "--role", "store_app", "--users", file)
                        .text())
                .contains("of no city");
        assertThat(folder.resolve("users")).doesNotExist();
        assertThat(user("", "list", "--users", file).text()).contains("no users file");
    }

    @Test
    void aGridsFirstAccountsAreMade() {
        assertThat(user("", "init", "--dir", folder.toString()).code()).isZero();
        GridLogin node = GridLogin.ofFile(folder.resolve("node_login"));
        assertThat(Users.of(folder.resolve("users"))
                        .authenticate(node.user(), node.password().toCharArray()))
                .contains(new User("node", Set.of(Role.NODE), Set.of()));
        assertThat(user("", "init", "--dir", folder.toString()).text()).contains("is there already");
    }
}
