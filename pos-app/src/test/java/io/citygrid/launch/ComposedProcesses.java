package io.citygrid.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.citygrid.PosApplication;
import io.citygrid.security.Role;
import io.citygrid.testing.FreePorts;
import io.citygrid.testing.TestPostgres;
import io.citygrid.testing.TestUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Services of a compose file as processes. Each has a loopback address of its own under the names it has in its networks, so that
 * its ports may stay as they are; paths of a container become folders of the test, and what is usually taken becomes free.
 */
final class ComposedProcesses implements AutoCloseable {
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(150);
    private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(30);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ComposeFile compose;
    private final Path directory;
    private final TestPostgres postgres;
    private final Path secret;
    private final Path hosts;
    private final int httpPort = FreePorts.row(1);
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    ComposedProcesses(ComposeFile compose, Path directory, TestPostgres postgres) {
        this.compose = compose;
        this.directory = directory;
        this.postgres = postgres;
        String net = "127." + ThreadLocalRandom.current().nextInt(16, 250) + "."
                + ThreadLocalRandom.current().nextInt(0, 250) + ".";
        compose.services()
                .keySet()
                .forEach(service -> addresses.put(
                        service, service.startsWith("postgres") ? "127.0.0.1" : net + (addresses.size() + 1)));
        try {
            this.secret = Files.writeString(
                    directory.resolve("db_password"), postgres.settings().password() + "\n");
            this.hosts = Files.writeString(directory.resolve("hosts"), hosts());
            createUser(compose.environment("postgres-karachi").get("POSTGRES_USER"));
        } catch (IOException | SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String hosts() throws IOException {
        StringBuilder lines = new StringBuilder(
                "127.0.0.1 localhost " + InetAddress.getLocalHost().getHostName() + "\n");
        addresses.forEach((service, address) -> lines.append(address)
                .append(' ')
                .append(compose.names(service).values().stream()
                        .flatMap(List::stream)
                        .distinct()
                        .collect(Collectors.joining(" ")))
                .append('\n'));
        return lines.toString();
    }

    /** As the image of PostgreSQL does. */
    private void createUser(String user) throws SQLException {
        try (Connection connection = postgres.connect("pos_central");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + user + " SUPERUSER LOGIN PASSWORD '"
                    + postgres.settings().password() + "'");
        }
    }

    /** Starts all services of {@code role} without waiting for them. */
    void start(String role) {
        compose.running(role).forEach(service -> {
            List<String> command = command(role);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output(service).toFile());
            builder.environment().keySet().removeIf(variable -> variable.startsWith("CITYGRID_"));
            builder.environment().putAll(environment(service));
            try {
                processes.put(service, builder.start());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    /** The image's, but for the packed program, which would take longer to start. */
    private static List<String> command(String role) {
        List<String> command = new ArrayList<>();
        for (String word : ComposeFile.entrypoint()) {
            switch (word) {
                case "java" ->
                    command.add(Path.of(System.getProperty("java.home"), "bin", "java")
                            .toString());
                case "-jar" -> command.addAll(List.of("-cp", System.getProperty("java.class.path")));
                case "/citygrid/citygrid-pos.jar" -> command.add(PosApplication.class.getName());
                default -> command.add(word.replace("/citygrid/", ComposeFile.ROOT + "/.mvn/"));
            }
        }
        command.add(role);
        return command;
    }

    private Map<String, String> environment(String service) {
        Map<String, String> environment = compose.environment(service);
        String address = addresses.get(service);
        environment.replaceAll((variable, value) -> value.replace("/run/secrets/db_password", secret.toString())
                .replace("/run/secrets/users", TestUsers.security().users().toString())
                .replace("/run/secrets/node_login", TestUsers.loginFile(Role.NODE))
                .replace("/run/secrets/app_login", TestUsers.loginFile(Role.POS_APP))
                .replace(":5432/", ":" + postgresPort() + "/")
                .replace("0.0.0.0", address));
        environment.replace("CITYGRID_PORT", String.valueOf(httpPort));
        environment.put("CITYGRID_DATA", directory.toString());
        // Names as in the networks; small and quick to start, as in all tests.
        environment.merge(
                "JDK_JAVA_OPTIONS",
                "-Djdk.net.hosts.file=" + hosts
                        + " -Xmx256m -XX:TieredStopAtLevel=1 -XX:+UnlockDiagnosticVMOptions"
                        + " -XX:-BytecodeVerificationRemote",
                (own, tests) -> own + " " + tests);
        return environment;
    }

    private String postgresPort() {
        return postgres.settings().urls().get(0).replaceAll(".*:(\\d+)/.*", "$1");
    }

    private Path output(String service) {
        return directory.resolve(service + ".txt");
    }

    void awaitSaying(String role, String word) {
        for (String service : compose.running(role)) {
            Awaitility.await(service + " says " + word).atMost(STARTS_WITHIN).untilAsserted(() -> {
                String said = Files.readString(output(service));
                assertThat(processes.get(service).isAlive() || said.contains(word))
                        .as(said)
                        .isTrue();
                assertThat(said).contains(word);
            });
        }
    }

    /** Runs the health checks of all services of {@code role}, as the engine does inside the container, until they pass. */
    void awaitHealthy(String role) {
        for (String service : compose.running(role)) {
            List<String> check = compose.healthCheck(service).stream()
                    .skip(1)
                    .map(word -> word.replace("127.0.0.1/8080", addresses.get(service) + "/" + httpPort))
                    .toList();
            Awaitility.await("the health check of " + service)
                    .atMost(HEALTHY_WITHIN)
                    .until(() -> {
                        ProcessBuilder builder = new ProcessBuilder(check)
                                .redirectErrorStream(true)
                                .redirectOutput(output(service + "-health").toFile());
                        builder.environment().put("CITYGRID_HOST", addresses.get(service));
                        Process checking = builder.start();
                        return checking.waitFor(10, TimeUnit.SECONDS) && checking.exitValue() == 0;
                    });
        }
    }

    /** For thin clients of this process, which knows addresses and no names. */
    String thinAddresses() {
        return compose.running("node").stream()
                .map(node -> addresses.get(node) + ":10800")
                .collect(Collectors.joining(","));
    }

    JsonNode get(String app, String path) {
        return send(app, HttpRequest.newBuilder(uri(app, path)), 200);
    }

    /** @return the body of what it created */
    JsonNode post(String app, String path, String json) {
        return send(
                app,
                HttpRequest.newBuilder(uri(app, path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)),
                201);
    }

    private URI uri(String app, String path) {
        return URI.create("http://" + addresses.get(app) + ":" + httpPort + path);
    }

    private JsonNode send(String app, HttpRequest.Builder request, int status) {
        try {
            HttpResponse<String> answer =
                    http.send(request.timeout(ANSWERS_WITHIN).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as("%s: %s", app, answer.body()).isEqualTo(status);
            return JSON.readTree(answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    /** SIGTERM to all, as {@code docker compose stop}; answers how they ended. */
    List<Integer> stop() {
        processes.values().forEach(Process::destroy);
        List<Integer> codes = new ArrayList<>();
        processes.values().forEach(process -> {
            try {
                assertThat(process.waitFor(45, TimeUnit.SECONDS)).as("ends").isTrue();
                codes.add(process.exitValue());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopping);
            }
        });
        processes.clear();
        return codes;
    }

    @Override
    public void close() {
        processes.values().forEach(Process::destroyForcibly);
        processes.values().forEach(process -> process.onExit()
                .orTimeout(30, TimeUnit.SECONDS)
                .join());
    }
}
