package io.citygrid.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** {@code ./pos demo} as a user starts it, in a folder of its own. */
public final class DemoProcess implements AutoCloseable {
    /** For programs that end before the second compiler's work would pay, and whose classes were verified often enough. */
    public static final String QUICK_START =
            "-XX:TieredStopAtLevel=1 -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";

    private static final Duration READY_WITHIN = Duration.ofSeconds(240);
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(120);

    private final Path data;
    private final Path output;
    private final Process process;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private DemoProcess(Path data, Path output, Process process) {
        this.data = data;
        this.output = output;
        this.process = process;
    }

    /** Starts it and returns at once. */
    public static DemoProcess start(Path data, String... options) throws IOException {
        Path launcher = Path.of("..", "pos").toRealPath();
        Path output = Files.createTempFile(data.toAbsolutePath().getParent(), "demo-", ".txt");
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "demo", "--data", data.toString()));
        command.addAll(Arrays.asList(options));
        ProcessBuilder demo =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        demo.environment().put("JDK_JAVA_OPTIONS", QUICK_START);
        return new DemoProcess(data, output, demo.start());
    }

    public DemoProcess awaitReady() {
        await().atMost(READY_WITHIN)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> output().contains("READY") || !process.isAlive());
        assertThat(output()).contains("READY at http://");
        return this;
    }

    public String output() {
        try {
            return Files.readString(output)
                    .lines()
                    .filter(line -> !line.startsWith("NOTE: Picked up JDK_JAVA_OPTIONS"))
                    .map(line -> line + System.lineSeparator())
                    .collect(Collectors.joining());
        } catch (IOException notReadable) {
            throw new UncheckedIOException(notReadable);
        }
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL and waits until the process is gone. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    public int exitCode() {
        try {
            assertThat(process.waitFor(ENDED_WITHIN.toSeconds(), TimeUnit.SECONDS))
                    .as("ends in time")
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What the demo wrote down for other tools. */
    public Properties connections() throws IOException {
        Properties connections = new Properties();
        connections.load(new StringReader(Files.readString(data.resolve("connections.properties"))));
        return connections;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(connections().getProperty("http.url") + path))
                .header("Authorization", "Basic " + login("central_admin"))
                .timeout(Duration.ofSeconds(20));
    }

    /** Name and password of a demo's user, as HTTP Basic sends them. */
    private String login(String role) throws IOException {
        String line = Files.readAllLines(data.resolve("demo-users.properties")).stream()
                .filter(user -> user.startsWith(role + "="))
                .findFirst()
                .orElseThrow();
        return Base64.getEncoder()
                .encodeToString(line.substring(role.length() + 1).getBytes(StandardCharsets.UTF_8));
    }

    /** Processes of this demo that live, its own among them: those whose command line names its folder. */
    public List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(other -> other.info().arguments().map(Arrays::asList).orElse(List.of()).stream()
                        .anyMatch(argument -> argument.startsWith(data.toString())))
                .toList();
    }

    @Override
    public void close() {
        terminate();
        exitCode();
    }
}
