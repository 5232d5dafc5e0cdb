package io.citygrid.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.citygrid.grid.client.Tasks;
import io.citygrid.grid.leave.LeaveRequest;
import io.citygrid.grid.topology.Topology;
import io.citygrid.grid.whole.WholeAnswer;
import io.citygrid.testing.FreePorts;
import io.citygrid.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignition;
import org.apache.ignite.client.IgniteClient;
import org.apache.ignite.configuration.ClientConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./pos node} as an operator runs it: a node that dies, or halts because the others gave it up, starts afresh. */
class NodeSupervisionIT {
    private static final Duration WITHIN = Duration.ofSeconds(240);

    @TempDir
    private Path directory;

    @Test
    void aNodeThatDiesOrWasFrozenIsStartedAgainAndLeavesWhenTold() throws Exception {
        int ports = FreePorts.row(6);
        try (TestPostgres postgres = new TestPostgres(directory)) {
            Supervised first = new Supervised(postgres, "karachi-1", ports, 0);
            try (first;
                    Supervised second = new Supervised(postgres, "karachi-2", ports, 1)) {
                first.awaitServing(1);
                second.awaitServing(1);

                long killed = second.pid();
                signal("KILL", killed);
                second.awaitServing(2);
                assertThat(second.pid()).isNotEqualTo(killed);
                assertThat(second.output()).contains("the node ended (exit code 137); it is started again in 3 s");

                await("both nodes see each other")
                        .atMost(WITHIN)
                        .until(() -> alive(ports) == 2 && alive(ports + 1) == 2);
                long frozen = second.pid();
                signal("STOP", frozen);
                // Long after the other node has given it up, as a machine that slept.
                await("karachi-2 is given up")
                        .atMost(WITHIN)
                        .pollDelay(Duration.ofSeconds(6))
                        .until(() -> alive(ports) == 1);
                signal("CONT", frozen);
                await("it halts").atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(runs(frozen))
                        .as(() -> second.log())
                        .isFalse());
                second.awaitServing(3);

                ask(ports, "karachi-2", true);
                second.awaitServing(4);
                assertThat(second.output()).contains("the node left to be started again");

                ask(ports, "karachi-2", false);
                assertThat(second.exitCode()).isZero();
                assertThat(second.pidFile()).doesNotExist();
                assertThat(first.output()).doesNotContain("started again");
            }
            assertThat(first.exitCode()).isZero();
        }
    }

    @Test
    void aNodeThatCannotStartIsNotTriedForEver() throws Exception {
        try (TestPostgres postgres = new TestPostgres(directory)) {
            try (Supervised wrong =
                    new Supervised(postgres, "karachi-1", FreePorts.row(6), 0, "--survive", "nothing")) {
                assertThat(wrong.exitCode()).isEqualTo(2);
                assertThat(wrong.output()).contains("survival goal").doesNotContain("started again");
            }
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    /** Asks a node to leave, as commands do. */
    private static void ask(int thinPort, String name, boolean comesBack) throws InterruptedException {
        ClientConfiguration address =
                new ClientConfiguration().setAddresses("127.0.0.1:" + thinPort).setTimeout(10_000);
        try (IgniteClient client = Ignition.startClient(address)) {
            WholeAnswer.Member member =
                    client.compute().<Object, WholeAnswer>execute(Tasks.WHOLE, "").members().stream()
                            .filter(node -> node.name().equals(name))
                            .findFirst()
                            .orElseThrow();
            assertThat(client.compute().<Object, String>execute(Tasks.LEAVE, new LeaveRequest(member.id(), comesBack)))
                    .isEmpty();
        }
    }

    /** How many nodes live, as the node with this thin port sees it. */
    private static long alive(int thinPort) throws InterruptedException {
        ClientConfiguration address =
                new ClientConfiguration().setAddresses("127.0.0.1:" + thinPort).setTimeout(10_000);
        try (IgniteClient client = Ignition.startClient(address)) {
            return client.compute().<Object, Topology>execute(Tasks.TOPOLOGY, null).nodes().stream()
                    .filter(Topology.Node::alive)
                    .count();
        }
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** One {@code ./pos node}. */
    private final class Supervised implements AutoCloseable {
        private final String name;
        private final Path output;
        private final Process process;

        Supervised(TestPostgres postgres, String name, int ports, int index, String... more) throws IOException {
            this.name = name;
            this.output = directory.resolve(name + ".txt");
            List<String> command = new ArrayList<>(List.of(
                    Path.of("..", "pos").toRealPath().toString(),
                    "node",
                    "--city=karachi",
                    "--name=" + name,
                    "--thin-port=" + (ports + index),
                    "--discovery-port=" + (ports + 2 + index),
                    "--communication-port=" + (ports + 4 + index),
                    "--peers=127.0.0.1:" + (ports + 2) + ",127.0.0.1:" + (ports + 3),
                    "--founders=karachi-1,karachi-2",
                    "--data=" + directory,
                    "--memory=96",
                    "--databases=" + postgres.settings().format()));
            command.addAll(List.of(more));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("CITYGRID_DB_USER", postgres.settings().user());
            builder.environment()
                    .put("CITYGRID_DB_PASSWORD", postgres.settings().password());
            this.process = builder.start();
        }

        /** Waits until it has said so many times that it serves. */
        void awaitServing(int times) {
            await(name + " serves, time " + times)
                    .atMost(WITHIN)
                    .until(() -> output().split("SERVING " + name, -1).length > times);
        }

        String output() {
            try {
                return Files.readString(output);
            } catch (IOException notReadable) {
                throw new UncheckedIOException(notReadable);
            }
        }

        String log() {
            try {
                return Files.readString(directory.resolve("nodes").resolve(name).resolve("node.log"));
            } catch (IOException notReadable) {
                throw new UncheckedIOException(notReadable);
            }
        }

        Path pidFile() {
            return directory.resolve("nodes").resolve(name).resolve("pid");
        }

        long pid() throws IOException {
            return Long.parseLong(Files.readString(pidFile()).strip());
        }

        void terminate() {
            process.destroy();
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(name + " ends").isTrue();
            return process.exitValue();
        }

        @Override
        public void close() throws InterruptedException {
            terminate();
            try {
                exitCode();
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }
}
