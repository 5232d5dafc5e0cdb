package io.citygrid.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * Ignite's own comparison of primary and backup copies, by counters and by content, run by the control utility as
 * {@code ./pos ops --cache idle_verify} does. It needs a cluster in which nothing is written.
 */
public final class IdleVerify {
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
        return UtilityProcess.run(directory, address, null, "--cache", "idle_verify", "--cache-filter", "PERSISTENT");
    }
}
