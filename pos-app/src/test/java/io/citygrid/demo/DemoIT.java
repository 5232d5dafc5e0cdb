package io.citygrid.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.citygrid.testing.FreePorts;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as its user meets it: starts, sells, keeps what was sold when it is killed, stops and leaves nothing running. */
class DemoIT {
    @TempDir
    Path folder;

    private final int firstPort = FreePorts.row(6);

    private DemoProcess start(String... more) throws Exception {
        String[] options = {
            "--port", String.valueOf(firstPort),
            "--pg-port", String.valueOf(firstPort + 1),
            "--thin-port", String.valueOf(firstPort + 2)
        };
        String[] all = Arrays.copyOf(options, options.length + more.length);
        System.arraycopy(more, 0, all, options.length, more.length);
        return DemoProcess.start(folder.resolve("my data"), all);
    }

    @Test
    void keepsWhatWasSoldWhenItIsKilledAndStopsCleanly() throws Exception {
        String order = UUID.randomUUID().toString();
        String receipt;
        try (DemoProcess demo = start()) {
            demo.awaitReady();
            HttpResponse<String> sold = demo.post("/api/orders", basket(order));
            assertThat(sold.statusCode()).as(sold.body()).isEqualTo(201);
            receipt = sold.body();
            assertThat(rows(demo.connections(), order)).isEqualTo(1);
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("my data/connections.properties"))))
                    .isEqualTo("rw-------");
            aSecondDemoIsRefused();
            demo.kill();
        }
        DemoProcess again = start();
        try (again) {
            again.awaitReady();
            assertThat(again.get("/api/orders/" + order).body()).isEqualTo(receipt);
            HttpResponse<String> repeated = again.post("/api/orders", basket(order));
            assertThat(repeated.statusCode()).isEqualTo(200);
            assertThat(repeated.body()).isEqualTo(receipt);
            assertThat(again.output()).contains("0 of them sold now");
            again.terminate();
            assertThat(again.exitCode()).isZero();
        }
        assertThat(again.output()).contains("web app stopped", "the grid stopped", "PostgreSQL stopped");
        assertThat(again.processes()).isEmpty();
        assertThat(folder.resolve("my data/connections.properties")).doesNotExist();
    }

    private void aSecondDemoIsRefused() throws Exception {
        DemoProcess sameFolder = start();
        assertThat(sameFolder.exitCode()).isEqualTo(1);
        assertThat(sameFolder.output())
                .contains("a demo is running in", "--data")
                .hasLineCount(1);
        DemoProcess samePorts = DemoProcess.start(
                folder.resolve("other"),
                "--port",
                String.valueOf(firstPort),
                "--thin-port",
                String.valueOf(firstPort + 2));
        assertThat(samePorts.exitCode()).isEqualTo(1);
        assertThat(samePorts.output()).contains("--port", "--thin-port").hasLineCount(1);
    }

    @Test
    void aKilledNodeProcessIsStartedAgainAndNoneOutlivesTheDemo() throws Exception {
        try (DemoProcess demo = start("--processes")) {
            demo.awaitReady();
            Path pidFile = folder.resolve("my data/nodes/karachi-2/pid");
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            await().atMost(Duration.ofSeconds(90)).until(() -> demo.output().contains("node karachi-2 serves again"));
            assertThat(Long.parseLong(Files.readString(pidFile).strip())).isNotEqualTo(pid);
            String order = UUID.randomUUID().toString();
            assertThat(demo.post("/api/orders", basket(order)).statusCode()).isEqualTo(201);
            demo.kill();
            await().atMost(Duration.ofSeconds(60)).until(() -> demo.processes().stream()
                    .allMatch(left -> left.info().command().orElse("").endsWith("postgres")));
        } finally {
            new EmbeddedPostgres(folder.resolve("my data"), firstPort + 1).close();
        }
    }

    private static String basket(String order) {
        return """
                {"orderId":"%s","storeId":1,"customerId":1,"items":[{"productId":1,"quantity":1}],\
                "payment":{"method":"CASH","tendered":50.00}}"""
                .formatted(order);
    }

    private static int rows(Properties connections, String order) throws Exception {
        String url = "jdbc:postgresql://" + connections.getProperty("pg.host") + ":"
                + connections.getProperty("pg.port") + "/karachi_db";
        try (Connection connection = DriverManager.getConnection(
                        url, connections.getProperty("pg.user"), connections.getProperty("pg.password"));
                PreparedStatement count =
                        connection.prepareStatement("SELECT count(*) FROM orders WHERE order_id = ?::uuid")) {
            count.setString(1, order);
            try (ResultSet counted = count.executeQuery()) {
                counted.next();
                return counted.getInt(1);
            }
        }
    }
}
