package io.citygrid.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.citygrid.durability.PgSafety;
import io.citygrid.launch.CannotStart;
import io.citygrid.testing.FreePorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server in a temporary folder: what it promises about durability, restarts and being killed. */
class EmbeddedPostgresIT {
    @TempDir
    Path parent;

    private Path folder;
    private EmbeddedPostgres postgres;

    @BeforeEach
    void start() {
        folder = parent.resolve("a folder");
        postgres = new EmbeddedPostgres(folder, FreePorts.row(1));
        postgres.start();
    }

    @AfterEach
    void stop() {
        postgres.close();
        assertThat(postgres.isRunning()).isFalse();
    }

    @Test
    void everyConfirmedCommitIsOnDisk() throws SQLException {
        assertThat(List.of(
                        ask("SHOW fsync"),
                        ask("SHOW synchronous_commit"),
                        ask("SHOW full_page_writes"),
                        ask("SHOW data_checksums")))
                .containsOnly("on");
        assertThat(ask("SHOW server_version")).startsWith("17.");
    }

    @Test
    void onlyThisMachineAndOnlyWithThePassword() throws Exception {
        assertThat(ask("SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(ask("SHOW unix_socket_directories")).isEmpty();
        assertThatThrownBy(() -> DriverManager.getConnection(
                        postgres.databases().urls().get(1), EmbeddedPostgres.USER, "guessed"))
                .hasMessageContaining("password authentication failed");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("postgres-password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void hasTheDatabaseOfEachCityAndTheCentralOne() throws SQLException {
        assertThat(postgres.databases().name(1)).isEqualTo("karachi_db");
        assertThat(postgres.databases().name(2)).isEqualTo("lahore_db");
        assertThat(postgres.databases().name(0)).isEqualTo("pos_central");
        for (String database : List.of("karachi_db", "lahore_db", "pos_central")) {
            try (Connection connection = postgres.connect(database)) {
                assertThat(connection.getCatalog()).isEqualTo(database);
            }
        }
    }

    @Test
    void keepsItsDataOverARestart() throws SQLException {
        sell("A");
        postgres.close();
        postgres = new EmbeddedPostgres(folder, FreePorts.row(1));
        postgres.start();
        assertThat(ask("SELECT string_agg(name, '') FROM sold")).isEqualTo("A");
    }

    @Test
    void losesNothingConfirmedWhenKilled() throws SQLException {
        sell("A");
        postgres.killAbruptly();
        assertThat(postgres.isRunning()).isFalse();
        assertThat(folder.resolve("postgres/postmaster.pid")).exists();
        postgres.start();
        sell("B");
        assertThat(ask("SELECT string_agg(name, '' ORDER BY name) FROM sold")).isEqualTo("AB");
    }

    @Test
    void startsAlthoughAnotherProgramHasTheNumberOfTheKilledServer() throws Exception {
        postgres.killAbruptly();
        Path pidFile = folder.resolve("postgres/postmaster.pid");
        List<String> lines = Files.readAllLines(pidFile);
        lines.set(0, String.valueOf(ProcessHandle.current().pid()));
        Files.write(pidFile, lines);
        assertThat(postgres.isRunning()).isFalse();
        postgres.start();
        assertThat(ask("SELECT 1")).isEqualTo("1");
    }

    @Test
    void stopsAServerThatAKilledDemoLeftRunning() throws Exception {
        sell("A");
        long orphan = postgres.process().orElseThrow().pid();
        Path otherWay = Files.createSymbolicLink(parent.resolve("link"), folder);
        postgres = new EmbeddedPostgres(otherWay, postgres.port());
        postgres.start();
        assertThat(postgres.process().orElseThrow().pid()).isNotEqualTo(orphan);
        assertThat(ask("SELECT name FROM sold")).isEqualTo("A");
    }

    @Test
    void aTakenPortIsNamedWithTheOptionThatChangesIt() throws Exception {
        postgres.close();
        try (ServerSocket other = new ServerSocket(postgres.port(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(postgres::start)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("port " + other.getLocalPort())
                    .hasMessageContaining("--pg-port");
        }
    }

    @Test
    void theWatcherBringsAKilledServerBack() throws SQLException {
        sell("A");
        List<String> told = new CopyOnWriteArrayList<>();
        try (PostgresWatcher watcher = new PostgresWatcher(postgres, Duration.ofSeconds(1), told::add)) {
            watcher.start();
            postgres.killAbruptly();
            await().atMost(Duration.ofSeconds(30)).until(() -> told.contains("PostgreSQL is back"));
        }
        assertThat(told).hasSize(2).first().asString().contains("started again in 1 s");
        assertThat(ask("SELECT name FROM sold")).isEqualTo("A");
    }

    /** As somebody else would start it. */
    @Test
    void aServerThatDoesNotKeepWhatItConfirmsSaysSo() throws Exception {
        postgres.close();
        String data = folder.resolve("postgres").toRealPath().toString();
        PostgresPrograms.Outcome started = new PostgresPrograms(PostgresAccount.find(), folder.toRealPath())
                .run(
                        Duration.ofSeconds(65),
                        "pg_ctl",
                        "start",
                        "--pgdata=" + data,
                        "--log=" + data + "/server.log",
                        "--options=-c fsync=off -c full_page_writes=off -c unix_socket_directories='' -c port="
                                + postgres.port(),
                        "--wait");
        assertThat(started.succeeded()).as(started.output()).isTrue();

        try (Connection connection = postgres.connect("karachi_db");
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-10));
            assertThat(PgSafety.ask(connection, slow).problems())
                    .satisfiesExactly(
                            first -> assertThat(first).startsWith("fsync is off"),
                            second -> assertThat(second).startsWith("full_page_writes is off"),
                            third -> assertThat(third).startsWith("synchronous_commit is off"),
                            clock -> assertThat(clock).matches("its clock is \\d+\\.\\d s ahead of this node's"));
        }
    }

    private void sell(String name) throws SQLException {
        try (Connection connection = postgres.connect("karachi_db");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS sold (name text)");
            statement.execute("INSERT INTO sold VALUES ('" + name + "')");
        }
    }

    private String ask(String query) throws SQLException {
        try (Connection connection = postgres.connect("karachi_db");
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
