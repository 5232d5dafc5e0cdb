package io.citygrid.testing;

import io.citygrid.security.Role;
import io.citygrid.security.tls.TlsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ignite's control utility as {@code ./pos ops} runs it: in a process of its own, logged in as an operator. */
public final class UtilityProcess {
    private static final String UTILITY = "io.citygrid.ops.ControlUtility";
    private static final long ENDS_WITHIN_SECONDS = 60;

    private UtilityProcess() {}

    /**
     * Runs it to its end.
     *
     * @param directory where it may leave its files
     * @param address {@code host:port} of a node for thin clients
     * @param tls what names its keys; {@code null} for no TLS
     * @return all that it said
     */
    public static String run(Path directory, String address, @Nullable Path tls, String... words) {
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
        command.addAll(List.of(words));
        Path output = directory.resolve("control-utility.txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            if (tls != null) {
                builder.environment().put(TlsSettings.VARIABLE, tls.toString());
            }
            Process utility = builder.start();
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
