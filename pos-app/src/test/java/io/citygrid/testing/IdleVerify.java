package io.citygrid.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.security.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Ignite's own comparison of primary and backup copies, by counters and by content, run by the control utility as
 * {@code ./pos ops --cache idle_verify} does. It needs a cluster in which nothing is written.
 */
public final class IdleVerify {
    private static final String UTILITY = "io.citygrid.ops.ControlUtility";
    private static final long ENDS_WITHIN_SECONDS = 60;

    private IdleVerify() {}

    /**
     * Fails with what the utility says if any two copies differ, are being moved or are lost.
     *
     * @param directory where the utility may leave its files
     * @param address {@code host:port} of a node for thin clients
     */
    public static void assertCopiesAreEqual(Path directory, String address) {
        // What has just been committed may still be on its way from memory to the data files, which it takes for a
        // change.
        Awaitility.await("the copies can be compared")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(run(directory, address)).doesNotContain("check procedure failed", "MOVING"));
        assertThat(run(directory, address))
                .contains("no conflicts have been found")
                .doesNotContain("MOVING", "LOST");
    }

    private static String run(Path directory, String address) {
        int colon = address.lastIndexOf(':');
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-DIGNITE_HOME=" + directory,
                "-DIGNITE_WORK_DIR=" + directory.resolve("ops"),
                "-Djava.util.logging.config.file=/dev/null",
                "-Dcitygrid.grid-login=" + TestUsers.loginFile(Role.OPS),
                "-cp",
                System.getProperty("java.class.path"),
                UTILITY));
        command.addAll(List.of("--host", address.substring(0, colon), "--port", address.substring(colon + 1)));
        command.addAll(List.of("--cache", "idle_verify", "--cache-filter", "PERSISTENT"));
        Path output = directory.resolve("idle-verify.txt");
        try {
            Process utility = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!utility.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                utility.destroyForcibly();
            }
            return Files.readString(output);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }
}
