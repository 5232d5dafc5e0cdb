package io.citygrid.demo;

import io.citygrid.launch.CannotStart;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * As whom PostgreSQL runs, since it refuses to run as root: a normal user as himself; root in a user namespace of its own, where
 * it counts as nobody while files still belong to root; and where namespaces are forbidden (many containers), as an account
 * without rights, to which the files are handed over.
 *
 * @param command what stands in front of PostgreSQL's own command line
 * @param owner who must own the files, or {@code null} if they stay with whoever runs the demo
 */
record PostgresAccount(List<String> command, @Nullable String owner) {
    private static final List<String> USER_NAMESPACE = List.of("unshare", "--user");
    private static final long ANSWER_WITHIN_SECONDS = 10;

    static PostgresAccount find() {
        if (!succeeds(List.of("sh", "-c", "test \"$(id -u)\" = 0"))) {
            return new PostgresAccount(List.of(), null);
        }
        return succeeds(with(USER_NAMESPACE, "true")) ? new PostgresAccount(USER_NAMESPACE, null) : withoutRights();
    }

    /** The account for a root that may not make user namespaces. */
    static PostgresAccount withoutRights() {
        for (String account : List.of("postgres", "nobody")) {
            List<String> command = List.of("runuser", "-u", account, "--");
            if (succeeds(with(command, "true"))) {
                return new PostgresAccount(command, account);
            }
        }
        throw new CannotStart(
                "PostgreSQL refuses to run as root, and neither a user namespace (unshare --user) nor another "
                        + "account (runuser) can be used here: run the demo as a normal user");
    }

    /** Gives {@code tree} to the account, if it needs to own it. */
    void handOver(Path tree) throws IOException {
        if (owner == null) {
            return;
        }
        UserPrincipal account =
                tree.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                return visitFile(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setOwner(file, account);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** @throws CannotStart if the account cannot come to {@code folder} */
    void requireAccess(Path folder) {
        if (owner != null && !succeeds(with(command, "test", "-x", folder.toString()))) {
            throw new CannotStart("PostgreSQL runs as account " + owner + " here, which cannot enter " + folder
                    + ": choose a folder that everybody can enter with --data");
        }
    }

    static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (process.waitFor(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> with(List<String> command, String... arguments) {
        return Stream.concat(command.stream(), Arrays.stream(arguments)).toList();
    }
}
