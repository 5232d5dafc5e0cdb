package io.citygrid.ops.user;

import io.citygrid.security.Passwords;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A password that somebody chooses: typed twice at a terminal, or the first line of standard input. */
final class NewPassword {
    private NewPassword() {}

    /** @throws IllegalArgumentException if it is too short or too long, or the two differ */
    static char[] read() throws IOException {
        @Nullable Console terminal = System.console();
        char[] password = terminal == null ? line() : typed(terminal);
        if (password.length < Passwords.LENGTH_MIN || password.length > Passwords.LENGTH_MAX) {
            throw new IllegalArgumentException("a password has " + Passwords.LENGTH_MIN + " to " + Passwords.LENGTH_MAX
                    + " characters; several words are easy to remember and hard to guess");
        }
        return password;
    }

    private static char[] line() throws IOException {
        @Nullable String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? new char[0] : line.toCharArray();
    }

    private static char[] typed(Console terminal) {
        char[] first = terminal.readPassword("password: ");
        char[] again = terminal.readPassword("again: ");
        if (!Arrays.equals(first, again)) {
            throw new IllegalArgumentException("the two passwords differ: nothing was changed");
        }
        return first == null ? new char[0] : first;
    }
}
