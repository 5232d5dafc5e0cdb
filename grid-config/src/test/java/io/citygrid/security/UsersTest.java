package io.citygrid.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {
    private static final int FEW = 1_000;

    @TempDir
    Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("users.properties"), java.util.List.of(lines));
    }

    private static String hash(String password) {
        return Passwords.hash(password.toCharArray(), FEW);
    }

    @Test
    void aPasswordLetsItsUserInAndNobodyElse() throws IOException {
        Users users = Users.of(file(
                "user.asma = " + hash("correct horse") + " store_app cities=1,2",
                "user.omar = " + hash("battery staple") + " analyst,ops"));

        assertThat(users.authenticate("asma", "correct horse".toCharArray()))
                .contains(new User("asma", Set.of(Role.STORE_APP), Set.of(1, 2)));
        assertThat(users.authenticate("asma", "correct horse".toCharArray())).isPresent();
        assertThat(users.authenticate("asma", "battery staple".toCharArray())).isEmpty();
        assertThat(users.authenticate("omar", "correct horse".toCharArray())).isEmpty();
        assertThat(users.authenticate("nobody", "correct horse".toCharArray())).isEmpty();
        assertThat(users.authenticate("asma", new char[0])).isEmpty();
        assertThat(users.authenticate("asma", "x".repeat(1_000_000).toCharArray()))
                .isEmpty();
        assertThat(users.find("omar").orElseThrow().roles()).containsExactlyInAnyOrder(Role.ANALYST, Role.OPS);
    }

    /** Nobody could tell from the time it takes who is a user, but for those whose names are in the documents. */
    @Test
    void aPasswordThatWasMadeUpNeedsNoSlowingDown() throws IOException {
        Users users = Users.of(file(
                "user.pos_app = " + Passwords.hash("made up".toCharArray(), Passwords.GENERATED_ITERATIONS)
                        + " pos_app",
                "user.asma = " + Passwords.hash("correct horse".toCharArray(), 2_000) + " analyst"));

        assertThat(users.isGuessable("pos_app")).isFalse();
        assertThat(users.isGuessable("asma")).isTrue();
        assertThat(users.isGuessable("nobody")).isTrue();
    }

    @Test
    void aChangedFileCountsWithoutARestart() throws IOException {
        Users users = Users.of(file("user.asma = " + hash("the first one") + " analyst"));
        assertThat(users.authenticate("asma", "the first one".toCharArray())).isPresent();

        file("user.asma = " + hash("the second one") + " analyst", "user.omar = " + hash("newcomer here") + " ops");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(users.find("omar")).isPresent());
        assertThat(users.authenticate("asma", "the first one".toCharArray())).isEmpty();
        assertThat(users.authenticate("asma", "the second one".toCharArray())).isPresent();

        file("user.asma = not a hash");
        await().pollDelay(Duration.ofMillis(1_500))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(users.find("omar")).isPresent());
    }

    @Test
    void aLineThatCannotBeReadIsSaidWithoutItsHash() throws IOException {
        String hash = hash("a secret that stays");
        for (String line : new String[] {
            hash + " cashier",
            hash,
            hash + " store_app",
            hash + " store_app cities=Karachi",
            "plain-text analyst",
            hash + " analyst cities=1 more",
            hash + " node,ops",
            hash.replace("$1000$", "$1$") + " analyst"
        }) {
            Path wrong = file("user.asma = " + line);
            assertThatThrownBy(() -> Users.of(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("asma")
                    .hasMessageNotContaining(hash)
                    .hasMessageNotContaining("plain-text");
        }
        assertThatThrownBy(() -> Users.of(folder.resolve("none"))).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> Users.of(file("# empty"))).hasMessageContaining("0 users");
    }

    @Test
    void aStoreIsBoundToItsCities() {
        assertThat(new User("asma", Set.of(Role.STORE_APP), Set.of(1)).isOf(1)).isTrue();
        assertThat(new User("asma", Set.of(Role.STORE_APP), Set.of(1)).isOf(2)).isFalse();
        assertThat(new User("head", Set.of(Role.CENTRAL_ADMIN), Set.of()).isOf(2))
                .isTrue();
        assertThatThrownBy(() -> new User("asma", Set.of(Role.STORE_APP), Set.of()))
                .hasMessageContaining("no city");
        assertThatThrownBy(() -> new User("a'; DROP", Set.of(Role.OPS), Set.of()))
                .hasMessageContaining("user name");
    }

    @Test
    void storedPasswordsDifferForTheSamePassword() {
        assertThat(hash("the same one")).isNotEqualTo(hash("the same one")).startsWith("pbkdf2$1000$");
        assertThat(Passwords.matches("the same one".toCharArray(), hash("the same one")))
                .isTrue();
        assertThat(Passwords.generate()).hasSize(24).isNotEqualTo(Passwords.generate());
    }
}
