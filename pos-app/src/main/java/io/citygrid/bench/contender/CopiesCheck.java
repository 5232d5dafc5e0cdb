package io.citygrid.bench.contender;

import io.citygrid.security.tls.TlsSettings;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Ignite's own comparison of primary and backup copies, by counters and by content, as {@code ./pos ops --cache idle_verify} runs
 * it, in a process of its own. It needs a grid in which nothing is written.
 */
final class CopiesCheck {
    private static final String UTILITY = "io.citygrid.ops.ControlUtility";
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(3);
    private static final int TRIES = 60;

    private final Path folder;
    private final String address;
    private final @Nullable Path keys;

    /**
     * @param folder where the utility may leave its files
     * @param address {@code host:port} of a node for thin clients
     * @param keys the file that names a client's keys, of a grid with TLS
     */
    CopiesCheck(Path folder, String address, @Nullable Path keys) {
        this.folder = folder;
        this.address = address;
        this.keys = keys;
    }

    /** What differs, in a sentence; empty if nothing does. */
    Optional<String> difference() {
        String said = "";
        for (int attempt = 0; attempt < TRIES; attempt++) {
            said = run();
            if (said.contains("no conflicts have been found") && !said.contains("MOVING") && !said.contains("LOST")) {
                return Optional.empty();
            }
            // What was committed last may still be on its way to the data files, which the utility takes for a change.
            if (!said.contains("check procedure failed") && !said.contains("MOVING")) {
                break;
            }
        }
        return Optional.of("the copies of the grid differ: "
                + said.lines()
                        .filter(line -> line.contains("conflict"))
                        .findFirst()
                        .orElse(said.strip()));
    }

    private String run() {
        int colon = address.lastIndexOf(':');
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(opened());
        command.addAll(List.of(
                "-DIGNITE_HOME=" + folder,
                "-DIGNITE_WORK_DIR=" + folder.resolve("ops"),
                // Whose users the grid has; without a login the utility would ask for one at the keyboard.
                "-Dcitygrid.data=" + folder,
                "-Djava.util.logging.config.file=/dev/null"));
        String classPath = System.getProperty("java.class.path");
        command.addAll(List.of("-cp", classPath));
        command.addAll(
                isJar(classPath)
                        ? List.of(
                                "-Dloader.main=" + UTILITY, "org.springframework.boot.loader.launch.PropertiesLauncher")
                        : List.of(UTILITY));
        command.addAll(List.of("--host", address.substring(0, colon), "--port", address.substring(colon + 1)));
        command.addAll(List.of("--cache", "idle_verify", "--cache-filter", "PERSISTENT"));
        Path output = folder.resolve("idle-verify.txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            if (keys != null) {
                builder.environment().put(TlsSettings.VARIABLE, keys.toString());
            }
            Process utility = builder.start();
            try {
                if (!utility.waitFor(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                    return "the control utility took longer than " + ENDS_WITHIN.toSeconds() + " s";
                }
            } finally {
                utility.destroyForcibly();
            }
            return Files.readString(output);
        } catch (IOException failed) {
            return "the control utility did not run: " + failed.getMessage();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the copies were compared", stopping);
        }
    }

    private static boolean isJar(String classPath) {
        return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
    }

    /** The packages that Ignite reaches into: this process's own options, or what the runnable jar's manifest opens. */
    private static List<String> opened() {
        List<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .toList();
        String classPath = System.getProperty("java.class.path");
        if (!own.isEmpty() || !isJar(classPath)) {
            return own;
        }
        try (JarFile jar = new JarFile(classPath)) {
            String packages = jar.getManifest().getMainAttributes().getValue("Add-Opens");
            return packages == null
                    ? List.of()
                    : Arrays.stream(packages.strip().split("\\s+"))
                            .map(one -> "--add-opens=" + one + "=ALL-UNNAMED")
                            .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
